import { CustomErrorBase } from '@backstage/errors';
import { createGunzip } from 'zlib';
import { Agent, request as send, type Dispatcher } from 'undici';
import { AddressGuard, PrivateAddressError } from './addressGuard';
import { discard, readBounded } from './body';
import { connectionError, statusError, UpstreamError } from './errors';

/** Reads something at an address that a user named. */
export interface GuardedRequest {
  url: URL;
  /** as messages name it: `Repository "charts"` */
  system: string;
  /** what is asked for: `the index` */
  what: string;
  headers?: Readonly<Record<string, string>>;
  /** sent to the origin of `url` only, never where that redirects to */
  authorization?: string;
  /** statuses besides success that are an answer */
  accept?: readonly number[];
  /** bytes */
  limitBytes: number;
  /** for everything together, redirects included */
  timeoutMs: number;
  /** hosts (`host` or `host:port`) that may be private, because the configuration put this system there */
  trusted?: readonly string[];
  compressed?: boolean;
  signal?: AbortSignal;
}

/** An answer that was read whole. */
export interface GuardedAnswer {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** where it came from at last */
  url: URL;
}

const CONNECT_MS = 5_000;
const IDLE_MS = 15_000;
const MAX_REDIRECTS = 5;
const MAX_CONNECTIONS = 16;
const DEADLINE = Object.assign(new Error('deadline'), { code: 'ETIMEDOUT' });
const ADVICE = 'Check its user name and password';

function headersOf({ headers }: Dispatcher.ResponseData) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value[0] : value,
    ]),
  );
}

/**
 * Reads from addresses that users name: never in private networks unless the configuration allows it, in bounded time and
 * size, and with credentials for the very origin they were given for. What a server says in a refusal is not passed on.
 */
export class GuardedClient {
  readonly #guard: AddressGuard;
  readonly #guarded: Agent;
  readonly #trusted: Agent;

  constructor(options: { allowed: readonly string[] }) {
    this.#guard = new AddressGuard(options.allowed);
    const common = { connections: MAX_CONNECTIONS };
    this.#guarded = new Agent({
      ...common,
      connect: { timeout: CONNECT_MS, lookup: this.#guard.lookup },
    });
    this.#trusted = new Agent({ ...common, connect: { timeout: CONNECT_MS } });
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#guarded.destroy(), this.#trusted.destroy()]);
  }

  /** GETs; follows redirects as far as the guard lets it. */
  async get(request: GuardedRequest): Promise<GuardedAnswer> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(DEADLINE), request.timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, deadline.signal])
      : deadline.signal;
    try {
      return await this.#follow(request, signal);
    } catch (error) {
      throw this.#explain(deadline.signal.aborted ? DEADLINE : error, request);
    } finally {
      clearTimeout(timer);
    }
  }

  async #follow(
    request: GuardedRequest,
    signal: AbortSignal,
  ): Promise<GuardedAnswer> {
    let { url } = request;
    for (let redirects = 0; ; redirects++) {
      const data = await this.#send(request, url, signal);
      const { statusCode: status } = data;
      const headers = headersOf(data);
      if (
        (status >= 200 && status < 300) ||
        (request.accept ?? []).includes(status)
      ) {
        const body = await this.#body(data, request);
        return { status, headers, body, url };
      }
      discard(data.body);
      if (status < 300 || status >= 400) {
        throw statusError(status, undefined, this.#context(request));
      }
      url = this.#target(request, url, headers.location, redirects);
    }
  }

  async #send(
    request: GuardedRequest,
    url: URL,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const isNamed = this.#guard.isNamed(url, request.trusted);
    if (!isNamed) this.#guard.check(url);
    const isAtHome = url.origin === request.url.origin;
    return send(url, {
      method: 'GET',
      dispatcher: isNamed ? this.#trusted : this.#guarded,
      signal,
      headers: {
        'user-agent': 'amamba-for-backstage',
        'accept-encoding': request.compressed ? 'gzip' : 'identity',
        ...request.headers,
        ...(isAtHome &&
          request.authorization && { authorization: request.authorization }),
      },
      headersTimeout: request.timeoutMs,
      bodyTimeout: IDLE_MS,
    });
  }

  #target(
    request: GuardedRequest,
    from: URL,
    location: string | undefined,
    redirects: number,
  ): URL {
    const target = location ? URL.parse(location, from) : null;
    const isSafe =
      target &&
      (target.protocol === 'https:' ||
        (target.protocol === 'http:' && from.protocol === 'http:')) &&
      !target.username &&
      !target.password;
    if (isSafe && redirects < MAX_REDIRECTS) return target;
    throw new UpstreamError(
      `${request.system} redirects ${
        redirects < MAX_REDIRECTS
          ? 'to where the portal does not follow'
          : 'in a circle'
      } when asked for ${request.what}. Give the address where it really is`,
      { reason: 'redirect' },
    );
  }

  async #body(
    data: Dispatcher.ResponseData,
    { limitBytes, system, compressed }: GuardedRequest,
  ): Promise<Buffer> {
    if (!compressed || data.headers['content-encoding'] !== 'gzip') {
      return readBounded(data.body, limitBytes, system);
    }
    const gunzip = createGunzip();
    data.body.on('error', error => gunzip.destroy(error));
    gunzip.on('close', () => discard(data.body));
    return readBounded(data.body.pipe(gunzip), limitBytes, system);
  }

  #context({ system, what }: GuardedRequest) {
    return { system, what, credentialsAdvice: ADVICE, changes: false };
  }

  #explain(error: unknown, request: GuardedRequest): Error {
    if (request.signal?.aborted) {
      return Object.assign(new Error('The request was aborted'), {
        name: 'AbortError',
      });
    }
    if (error instanceof PrivateAddressError) return error;
    if (error instanceof CustomErrorBase) return error;
    return connectionError(error, this.#context(request));
  }
}
