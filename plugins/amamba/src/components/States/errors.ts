import type { ResponseError } from '@backstage/errors';

/** What kind of state an error puts a page into. */
export type ErrorKind =
  | 'notFound'
  | 'notAllowed'
  | 'unreachable'
  /** the answer does not fit the contract: frontend and backend are of different versions */
  | 'mismatch'
  | 'other';

/** Whether an error is an answer of the backend, not the lack of one. */
export function isResponseError(error: Error): error is ResponseError {
  return error.name === 'ResponseError' && 'statusCode' in error;
}

/** The status of the answer; undefined when none came. */
export function statusOf(error: Error): number | undefined {
  return isResponseError(error) ? error.statusCode : undefined;
}

/** The message that the service gave, without the framework's words around it. */
export function messageOf(error: Error): string {
  return isResponseError(error) ? error.cause.message : error.message;
}

/** Sorts an error by what the page shows. */
export function errorKind(error: Error): ErrorKind {
  switch (statusOf(error)) {
    case 404:
      return 'notFound';
    case 403:
      return 'notAllowed';
    case undefined:
      // fetch rejects with a TypeError when no answer came
      if (error.name === 'TypeError') return 'unreachable';
      return /^\$?ZodError$/.test(error.name) ? 'mismatch' : 'other';
    default:
      return 'other';
  }
}

/** What a person can hand on to somebody who can help; holds no secret and no stack. */
export function errorDetails(error: Error): string {
  const lines = [`${error.name}: ${error.message}`, window.location.href];
  if (isResponseError(error)) {
    const { request, response } = error.body;
    lines.push(`${response.statusCode} ${request?.method} ${request?.url}`);
    const id = error.response.headers?.get('x-request-id');
    if (id) lines.push(`request ${id}`);
  }
  lines.push(new Date().toISOString());
  return lines.join('\n');
}
