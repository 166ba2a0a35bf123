import { ResponseError } from '@backstage/errors';
import type {
  Endpoint,
  EndpointArguments,
  EndpointOutput,
} from '../contract/endpoint';
import { endpoints, type EndpointId } from '../endpoints';
import { requestPath } from '../contract/paths';

/** The part of `fetch` that the client needs; Backstage's `fetchApi.fetch` fits. */
export type FetchLike = (
  input: string,
  init?: RequestInit,
) => Promise<Response>;

type Endpoints = typeof endpoints;

/**
 * Typed client of the HTTP API for browsers and for other backends.
 * Errors are `ResponseError`s with the message that the service gave.
 */
export class AmambaClient {
  readonly #fetch: FetchLike;
  readonly #baseUrl: string;

  /**
   * @param options - `fetch`, and the address of the plugin; the default `plugin://amamba` is resolved by Backstage's fetch API
   */
  constructor(options: { fetch: FetchLike; baseUrl?: string }) {
    this.#fetch = options.fetch;
    this.#baseUrl = options.baseUrl ?? 'plugin://amamba';
  }

  /** Calls an operation and gives its JSON, parsed by the operation's schema. */
  async call<I extends EndpointId>(
    id: I,
    input: EndpointArguments<Endpoints[I]>,
    options: { signal?: AbortSignal } = {},
  ): Promise<EndpointOutput<Endpoints[I]>> {
    const endpoint: Endpoint = endpoints[id];
    const response = await this.#send(endpoint, input, options);
    const answer =
      endpoint.response.kind === 'json'
        ? endpoint.response.schema.parse(await response.json())
        : undefined;
    return answer as EndpointOutput<Endpoints[I]>;
  }

  /** Calls a streamed operation and gives the response itself. */
  async open<I extends EndpointId>(
    id: I,
    input: EndpointArguments<Endpoints[I]>,
    options: { signal?: AbortSignal } = {},
  ): Promise<Response> {
    return this.#send(endpoints[id], input, options);
  }

  async #send(
    endpoint: Endpoint,
    input: {
      params: object;
      query?: object;
      body?: unknown;
    },
    options: { signal?: AbortSignal },
  ): Promise<Response> {
    const path = requestPath(endpoint, { ...input.params }, { ...input.query });
    const response = await this.#fetch(`${this.#baseUrl}${path}`, {
      method: endpoint.method,
      signal: options.signal,
      ...(input.body === undefined
        ? {}
        : {
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(input.body),
          }),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}
