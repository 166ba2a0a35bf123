import type {
  Endpoint,
  EndpointInput,
  EndpointOutput,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Request, Response, Router } from 'express';
import type { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { z } from 'zod';
import { explainOutage } from '../database';

/** Somebody who called: a user, or another plugin or system in its own name. */
export type CallerCredentials = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** What a handler knows of a call besides its input. */
export interface CallContext<E extends Endpoint = Endpoint> {
  /** absent on endpoints that prove the caller by a token of their own */
  credentials: E['auth'] extends 'token' ? undefined : CallerCredentials;
  request: Request;
  /** aborted when the caller goes away */
  signal: AbortSignal;
}

/** What a streamed endpoint's handler gives; the stream is piped with backpressure and destroyed when the caller leaves. */
export interface StreamedOutput {
  stream: Readable;
  headers?: Record<string, string>;
}

/** What a handler of the endpoint has to give. */
export type HandlerOutput<E extends Endpoint> = E['response'] extends {
  kind: 'stream';
}
  ? StreamedOutput
  : E['response'] extends { kind: 'empty' }
    ? void
    : EndpointOutput<E>;

function parsePart<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.slice(0, 10).map(issue => {
    const field = [where, ...issue.path.map(String)]
      .filter(part => part !== '')
      .join('.');
    return `${field || 'body'}: ${issue.message}`;
  });
  throw new InputError(problems.join('; '));
}

/** What the contract says of an answer, and nothing that a record may hold besides. */
function contractual(id: string, schema: z.ZodType, output: unknown): unknown {
  const result = schema.safeParse(output);
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, 10).map(issue => {
    return `${issue.path.map(String).join('.')}: ${issue.message}`;
  });
  throw new Error(
    `The answer of ${id} does not fit its contract: ${fields.join('; ')}`,
  );
}

async function answer(
  endpoint: Endpoint,
  output: unknown,
  request: Request,
  response: Response,
): Promise<void> {
  if (endpoint.response.kind === 'json') {
    const { status, schema } = endpoint.response;
    response.status(status).json(contractual(endpoint.id, schema, output));
    return;
  }
  if (endpoint.response.kind === 'empty') {
    response.status(204).end();
    return;
  }
  const { stream, headers } = output as StreamedOutput;
  response.status(200);
  response.setHeader('Content-Type', endpoint.response.contentType);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  // Compression would hold the stream back and lose its length.
  response.setHeader('Cache-Control', 'no-store, no-transform');
  for (const [name, value] of Object.entries(headers ?? {})) {
    response.setHeader(name, value);
  }
  try {
    await pipeline(stream, response);
  } catch (error) {
    // The head is sent: only cutting the connection tells the caller that the file is not whole.
    if (!request.destroyed) response.destroy();
    if (!response.headersSent) throw error;
  }
}

/** A signal that is aborted when the caller goes before the answer is complete. */
function whileCalling(response: Response): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/**
 * Mounts one operation of the contract: proves the caller, parses the input, calls the handler once and answers.
 * A part that does not fit its schema is an `InputError` naming the field; a database that is gone is 503. Answers hold
 * what their schema names and nothing else.
 */
export function registerEndpoint<E extends Endpoint>(
  router: Router,
  deps: { httpAuth: HttpAuthService },
  endpoint: E,
  handle: (
    input: EndpointInput<E>,
    context: CallContext<E>,
  ) => Promise<HandlerOutput<E>>,
): void {
  const method = endpoint.method.toLocaleLowerCase('en-US') as
    'get' | 'post' | 'put' | 'delete';
  router[method](endpoint.path, async (request, response) => {
    const credentials =
      endpoint.auth === 'user'
        ? await deps.httpAuth.credentials(request, {
            allow: ['user', 'service'],
          })
        : undefined;
    const input = {
      params: parsePart(endpoint.params, request.params, ''),
      query: parsePart(endpoint.query, request.query, ''),
      body: endpoint.body
        ? parsePart(endpoint.body, request.body ?? {}, '')
        : undefined,
    } as EndpointInput<E>;
    let signal: AbortSignal | undefined;
    const context = {
      credentials,
      request,
      // most handlers do not ask for it
      get signal() {
        signal ??= whileCalling(response);
        return signal;
      },
    } as CallContext<E>;
    let output: HandlerOutput<E>;
    try {
      output = await handle(input, context);
    } catch (error) {
      throw explainOutage(error);
    }
    await answer(endpoint, output, request, response);
  });
}
