/** An error whose message alone tells a person what is wrong and what to do. */
export class ExpectedError extends Error {
  name = 'ExpectedError';
}
