import { CustomErrorBase, InputError } from '@backstage/errors';
import { setTimeout as setTimer } from 'timers/promises';
import * as tls from 'tls';
import { Agent, request as send, type Dispatcher } from 'undici';
import type { z } from 'zod';
import {
  discard,
  explainStream,
  parseJson,
  readBeginning,
  readBounded,
} from './body';
import {
  connectionError,
  isRetriable,
  statusError,
  UpstreamError,
  type ErrorContext,
} from './errors';
import type {
  OutboundAnswer,
  OutboundBody,
  OutboundOptions,
  OutboundRequest,
  OutboundStream,
  OutboundTimeouts,
} from './types';

const DEFAULT_TIMEOUTS: OutboundTimeouts = {
  connectMs: 5_000,
  headersMs: 20_000,
  idleMs: 20_000,
  totalMs: 30_000,
};
const DEFAULT_LIMIT_BYTES = 8_000_000;
const ERROR_BODY_BYTES = 64_000;
const MAX_REDIRECTS = 3;
/** milliseconds to wait before the second and the third attempt, half of it random */
const RETRY_DELAYS_MS = [200, 800];
/** why a request was ended that took too long */
const DEADLINE = Object.assign(new Error('deadline'), { code: 'ETIMEDOUT' });
/** connections for answers that are read at once, and for streams, which slow readers may hold for long */
const MAX_CONNECTIONS = 24;
const MAX_STREAMS = 64;

/** What Node trusts without being told; older versions of it cannot say what NODE_EXTRA_CA_CERTS adds. */
function usualCertificates(): readonly string[] {
  return tls.getCACertificates?.('default') ?? tls.rootCertificates;
}

function firstValues(
  headers: Dispatcher.ResponseData['headers'],
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value[0] : value,
    ]),
  );
}

function encodeBody(body: OutboundBody): {
  content: string;
  contentType: string;
} {
  return 'form' in body
    ? {
        content: new URLSearchParams(body.form).toString(),
        contentType: 'application/x-www-form-urlencoded',
      }
    : { content: body.text, contentType: body.contentType };
}

/**
 * Speaks with one instance of an HTTP system: bounded times and sizes, no redirects to other hosts, and errors of
 * `@backstage/errors` that name the instance and what to do, without secrets.
 */
export class OutboundClient {
  readonly #options: OutboundOptions;
  readonly #base: URL;
  readonly #timeouts: OutboundTimeouts;
  readonly #agent: Agent;
  readonly #streamAgent: Agent;

  /** @throws InputError when the address is not http(s) or holds a user name or password */
  constructor(options: OutboundOptions) {
    this.#options = options;
    const base = URL.parse(options.baseUrl);
    if (!base || !/^https?:$/.test(base.protocol)) {
      throw new InputError(
        `The address of ${options.system} must begin with http:// or https://`,
      );
    }
    if (base.username || base.password) {
      throw new InputError(
        `The address of ${options.system} must not hold a user name or password; the configuration has keys for them`,
      );
    }
    this.#base = base;
    this.#timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
    const agent = (connections: number) =>
      new Agent({
        connections,
        connect: {
          timeout: this.#timeouts.connectMs,
          ...(options.ca && {
            ca: [...usualCertificates(), options.ca],
          }),
        },
      });
    this.#agent = agent(MAX_CONNECTIONS);
    this.#streamAgent = agent(MAX_STREAMS);
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.#agent.destroy(), this.#streamAgent.destroy()]);
  }

  /** Reads an answer as JSON of the given form. */
  async json<S extends z.ZodType>(
    schema: S,
    request: OutboundRequest,
  ): Promise<z.output<S>> {
    const { system } = this.#options;
    const { text } = await this.text(request);
    return parseJson(schema, text, `${system} answered`, request.what);
  }

  /** Reads an answer whole, as text. */
  async text(request: OutboundRequest): Promise<OutboundAnswer> {
    const { system } = this.#options;
    return this.#attempt(request, async signal => {
      const data = await this.#exchange(request, this.#agent, signal);
      const limit = request.limitBytes ?? DEFAULT_LIMIT_BYTES;
      const body = await readBounded(data.body, limit, system);
      return {
        status: data.statusCode,
        headers: firstValues(data.headers),
        text: body.toString('utf8'),
      };
    });
  }

  /** Gives the body of an answer as a stream; destroying it, or the request's signal, ends the transfer. */
  async open(request: OutboundRequest): Promise<OutboundStream> {
    const data = await this.#attempt(request, signal =>
      this.#exchange(request, this.#streamAgent, signal),
    );
    return {
      status: data.statusCode,
      headers: firstValues(data.headers),
      stream: explainStream(data.body, error =>
        this.#explain(error, request, request.signal),
      ),
    };
  }

  /** Runs attempts until one succeeds, in the time for everything together; more than one only where it can help. */
  async #attempt<T>(
    request: OutboundRequest,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(DEADLINE),
      request.timeoutMs ?? this.#timeouts.totalMs,
    );
    const signal = request.signal
      ? AbortSignal.any([request.signal, deadline.signal])
      : deadline.signal;
    const delays = (request.method ?? 'GET') === 'GET' ? RETRY_DELAYS_MS : [];
    try {
      for (let attempt = 0; ; attempt++) {
        try {
          return await run(signal);
        } catch (error) {
          const explained = this.#explain(error, request, signal);
          const delay = delays.at(attempt);
          if (delay === undefined || !isRetriable(explained)) throw explained;
          await setTimer(delay * (0.5 + Math.random() / 2));
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends a request, follows redirects within the host, and throws when the answer is no success. */
  async #exchange(
    request: OutboundRequest,
    dispatcher: Dispatcher,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const { method = 'GET', accept = [], timeoutMs } = request;
    const body = request.body && encodeBody(request.body);
    let url = this.#url(request);
    for (let redirects = 0; ; redirects++) {
      const data = await send(url, {
        method,
        dispatcher,
        signal,
        headers: {
          ...this.#options.headers,
          ...request.headers,
          ...(body && { 'content-type': body.contentType }),
        },
        body: body?.content,
        headersTimeout: timeoutMs ?? this.#timeouts.headersMs,
        bodyTimeout: this.#timeouts.idleMs,
      });
      const { statusCode } = data;
      if (statusCode >= 200 && statusCode < 300) return data;
      if (statusCode < 300 || statusCode >= 400) {
        throw await this.#statusError(data, request);
      }
      const target = this.#redirectTarget(data, url);
      if (accept.includes(statusCode)) return data;
      discard(data.body);
      if (method !== 'GET' || redirects >= MAX_REDIRECTS) {
        throw new UpstreamError(
          `${this.#options.system} redirects instead of answering when asked for ${request.what}. Check its address in the configuration`,
          { reason: 'redirect', status: statusCode },
        );
      }
      url = target;
    }
  }

  #url({ path, query = {} }: OutboundRequest): URL {
    const url = new URL(this.#base);
    url.pathname = `${this.#base.pathname.replace(/\/+$/, '')}${path.text}`;
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url;
  }

  /** @throws UpstreamError when it is on another host: credentials are never sent there */
  #redirectTarget(data: Dispatcher.ResponseData, from: URL): URL {
    const { location = '' } = firstValues(data.headers);
    const target = URL.parse(location, from);
    if (target?.origin === this.#base.origin) return target;
    discard(data.body);
    throw new UpstreamError(
      `${this.#options.system} redirects to ${
        target ? `another address, ${target.origin}` : 'nowhere'
      }, where the portal does not follow. Set its address in the configuration to where it really is, or remove the sign-in page in front of it`,
      { reason: 'redirect', status: data.statusCode },
    );
  }

  async #statusError(
    data: Dispatcher.ResponseData,
    request: OutboundRequest,
  ): Promise<Error> {
    const answer: OutboundAnswer = {
      status: data.statusCode,
      headers: firstValues(data.headers),
      text: await readBeginning(data.body, ERROR_BODY_BYTES),
    };
    const detail = this.#options.explain?.(answer);
    return statusError(
      answer.status,
      detail && this.#redact(detail),
      this.#context(request),
    );
  }

  #redact(text: string): string {
    return this.#options.secrets.reduce(
      (result, secret) => (secret ? result.replaceAll(secret, '***') : result),
      text,
    );
  }

  #context({ what, method = 'GET' }: OutboundRequest): ErrorContext {
    const { system, credentialsAdvice } = this.#options;
    return { system, what, credentialsAdvice, changes: method !== 'GET' };
  }

  /** The caller's own abort stays what it is; everything else becomes an error of this module. */
  #explain(
    error: unknown,
    request: OutboundRequest,
    signal: AbortSignal | undefined,
  ): Error {
    if (request.signal?.aborted) {
      return Object.assign(new Error('The request was aborted'), {
        name: 'AbortError',
      });
    }
    if (error instanceof CustomErrorBase) return error;
    return connectionError(
      signal?.aborted ? signal.reason : error,
      this.#context(request),
    );
  }
}
