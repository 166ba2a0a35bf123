import { PassThrough, type Readable } from 'stream';
import type { z } from 'zod';
import { UpstreamError } from './errors';

/** Ends the transfer of a body that nobody wants. */
export function discard(body: Readable): void {
  body.on('error', () => {}); // the abort itself is reported as an error
  body.destroy();
}

/**
 * Reads a body whole, and gives up as soon as it is larger than allowed.
 *
 * @param limit - bytes
 * @throws UpstreamError `tooLarge`; the body is destroyed, so that the rest is never transferred
 */
export async function readBounded(
  body: Readable,
  limit: number,
  system: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) {
      discard(body);
      throw new UpstreamError(
        `${system} answered with more than ${Math.floor(
          limit / 1_000_000,
        )} MB, which the portal does not read`,
        { reason: 'tooLarge' },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** At most the first `limit` bytes of a body as text; a body that breaks off gives what came. */
export async function readBeginning(
  body: Readable,
  limit: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= limit) break;
    }
  } catch {
    // the status says what went wrong, the body would only have given details
  }
  discard(body);
  return Buffer.concat(chunks, size).subarray(0, limit).toString('utf8');
}

/**
 * Parses JSON of a form.
 *
 * @param who - beginning of the message: `Jenkins "ci" answered`
 * @throws UpstreamError `unreadable`
 */
export function parseJson<S extends z.ZodType>(
  schema: S,
  text: string,
  who: string,
  what: string,
): z.output<S> {
  const unreadable = (problem: string) =>
    new UpstreamError(`${who} ${problem}`, { reason: 'unreadable' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable(
      /^\s*</.test(text)
        ? `with a web page instead of data when asked for ${what}. Check that its address is right and that no sign-in page stands in front of it`
        : `with broken JSON when asked for ${what}`,
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unreadable(
    `in an unknown form when asked for ${what} (${issue.path.join('.') || 'top level'}: ${issue.message}). Its version may not be supported`,
  );
}

/** Passes a stream on, with its errors explained; destroying the result destroys the source. */
export function explainStream(
  source: Readable,
  explain: (error: unknown) => Error,
): Readable {
  const target = new PassThrough();
  source.on('error', error => target.destroy(explain(error)));
  target.on('close', () => source.destroy());
  return source.pipe(target);
}
