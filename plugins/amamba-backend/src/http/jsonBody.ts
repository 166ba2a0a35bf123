import { InputError } from '@backstage/errors';
import { json, type RequestHandler } from 'express';

const MIB = 1024 * 1024;

function tooLarge(limitBytes: number): Error {
  const limit =
    limitBytes % MIB === 0 ? `${limitBytes / MIB} MiB` : `${limitBytes} bytes`;
  return Object.assign(
    new Error(
      `The body of a request may have ${limit} at most, and this one has more. Send less: shorten it, or keep large content in Git and refer to it.`,
    ),
    { name: 'PayloadTooLargeError', statusCode: 413 },
  );
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new InputError(`The body is no JSON in UTF-8: ${error}`);
  }
}

/**
 * Reads bodies as JSON, whatever type they claim to be of. Does less than express' own parser – one encoding, nothing
 * compressed – and so costs a part of it, where requests come in storms.
 *
 * Answers 413 for more than `limitBytes`, of which it keeps nothing, and 400 for what is no JSON.
 */
export function jsonBody(limitBytes: number): RequestHandler {
  return (request, _response, next) => {
    if (Number(request.headers['content-length']) > limitBytes) {
      next(tooLarge(limitBytes));
      return;
    }
    let parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= limitBytes) parts.push(part);
      else parts = [];
    });
    request.once('error', next);
    request.once('end', () => {
      try {
        if (size > limitBytes) throw tooLarge(limitBytes);
        request.body = parse(
          parts.length === 1 ? parts[0] : Buffer.concat(parts),
        );
      } catch (error) {
        next(error);
        return;
      }
      next();
    });
  };
}

/** Express' own parser of what says that it is JSON; what is too large is told with the limit and the way out. */
export function typedJson(limitBytes: number): RequestHandler {
  const parser = json({ limit: limitBytes });
  return (request, response, next) =>
    parser(request, response, (error?: unknown) => {
      const isTooLarge =
        error instanceof Error &&
        'type' in error &&
        error.type === 'entity.too.large';
      next(isTooLarge ? tooLarge(limitBytes) : error);
    });
}
