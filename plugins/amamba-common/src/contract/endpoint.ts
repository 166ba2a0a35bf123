import { z } from 'zod';

/** HTTP methods that the API uses. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What an endpoint answers with: JSON of a schema, nothing (204), or a stream of bytes that is piped through. */
export type EndpointResponse =
  | { kind: 'json'; status: 200 | 201 | 202; schema: z.ZodType }
  | { kind: 'empty' }
  | { kind: 'stream'; contentType: string };

/**
 * One operation of the HTTP API. The router parses requests with it, the client builds requests from it and the
 * OpenAPI document is generated from it, so that a shape is written down exactly once.
 */
export interface Endpoint<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
  R extends EndpointResponse = EndpointResponse,
> {
  /** operationId of the OpenAPI document */
  readonly id: string;
  readonly method: HttpMethod;
  /** path under `/api/amamba`, parameters as `:name` */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** `user`: a signed-in Backstage user; `token`: the caller proves itself by a secret of the configuration */
  readonly auth: 'user' | 'token';
  /** names of the permissions that are checked, for the document */
  readonly permissions: readonly string[];
  readonly params: P;
  readonly query: Q;
  /** undefined: the operation takes no body */
  readonly body: B | undefined;
  readonly response: R;
}

const none = z.object({});

/** Declares an endpoint; omitted parts take no input. */
export function defineEndpoint<
  R extends EndpointResponse,
  P extends z.ZodObject = typeof none,
  Q extends z.ZodObject = typeof none,
  B extends z.ZodType = z.ZodUndefined,
>(options: {
  id: string;
  method: HttpMethod;
  path: string;
  summary: string;
  tag: string;
  auth?: 'user' | 'token';
  permissions?: readonly string[];
  params?: P;
  query?: Q;
  body?: B;
  response: R;
}): Endpoint<P, Q, B, R> {
  return {
    auth: 'user',
    permissions: [],
    ...options,
    params: options.params ?? (none as z.ZodObject as P),
    query: options.query ?? (none as z.ZodObject as Q),
    body: options.body,
  };
}

/** A JSON answer. */
export function json<S extends z.ZodType>(
  schema: S,
  status: 200 | 201 | 202 = 200,
): { kind: 'json'; status: 200 | 201 | 202; schema: S } {
  return { kind: 'json', status, schema };
}

/** An answer without a body (204). */
export const empty: { kind: 'empty' } = { kind: 'empty' };

/** A streamed answer. */
export function stream(contentType: string): {
  kind: 'stream';
  contentType: string;
} {
  return { kind: 'stream', contentType };
}

/** Parsed path parameters, query and body of an endpoint, as its handler sees them. */
export type EndpointInput<E extends Endpoint> = {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<NonNullable<E['body']>>;
};

/** What a caller passes; parts that the endpoint does not take may be left out. */
export type EndpointArguments<E extends Endpoint> = {
  params: z.input<E['params']>;
  query?: z.input<E['query']>;
  body?: z.input<NonNullable<E['body']>>;
};

/** The JSON that an endpoint answers with; `undefined` for empty and streamed answers. */
export type EndpointOutput<E extends Endpoint> = E['response'] extends {
  kind: 'json';
  schema: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;
