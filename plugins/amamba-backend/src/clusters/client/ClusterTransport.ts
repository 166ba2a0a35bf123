import { readKubeStatus } from '@amamba/backstage-plugin-amamba-common';
import { CustomErrorBase } from '@backstage/errors';
import type { IncomingHttpHeaders } from 'http';
import type { Readable } from 'stream';
import { setTimeout as sleep } from 'timers/promises';
import { request as send, type Dispatcher } from 'undici';
import { createGunzip } from 'zlib';
import {
  connectionError,
  discard,
  explainStream,
  isRetriable,
  readBeginning,
  readBounded,
  UpstreamError,
  type OutboundPath,
} from '../../http';
import { createAgents, type ClusterAgents } from './agents';
import type { Authorization, ClusterEndpoint } from './endpoint';
import { kubernetesDetails, kubernetesError } from './errors';

/** One request to an API server. */
export interface ClusterRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** a question that is POSTed: may be repeated, and changes nothing */
  isQuestion?: boolean;
  path: OutboundPath;
  /** undefined values are left out, lists become repeated parameters */
  query?: Record<
    string,
    string | number | boolean | readonly string[] | undefined
  >;
  accept?: string;
  headers?: Record<string, string>;
  body?: { text: string; contentType: string };
  /** what is asked for, as messages name it: `Deployment shop/web` */
  what: string;
  signal?: AbortSignal;
  /** for everything together, 30 s when absent; streams: until the headers */
  timeoutMs?: number;
  /** bytes of an answer that is read whole, 32 MB when absent */
  limitBytes?: number;
}

/** An answer that was read whole. */
export interface ClusterAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

const TIMEOUT_MS = 30_000;
const LIMIT_BYTES = 32_000_000;
const ERROR_BODY_BYTES = 64_000;
const RETRY_MS = 200;
/** longest pause that an overloaded server may ask for within a call */
const MAX_RETRY_AFTER_MS = 2_000;
const DEADLINE = Object.assign(new Error('deadline'), { code: 'ETIMEDOUT' });

interface Exchange {
  dispatcher(agents: ClusterAgents): Dispatcher;
  /** without a byte for this long the answer is given up; 0: never */
  bodyTimeoutMs: number;
  compressed: boolean;
}

const CALL: Exchange = {
  dispatcher: ({ calls }) => calls,
  bodyTimeoutMs: 20_000,
  compressed: true,
};
/** Bookmarks come about once a minute also when nothing changes. */
const WATCH: Exchange = {
  dispatcher: ({ watches }) => watches,
  bodyTimeoutMs: 130_000,
  // A proxy that compresses would hold events back.
  compressed: false,
};
const STREAM: Exchange = {
  dispatcher: ({ streams }) => streams,
  bodyTimeoutMs: 0,
  compressed: false,
};

/** Requests to one API server: bounded times and sizes, no redirects, errors in words and without secrets. */
export class ClusterTransport {
  readonly #endpoint: ClusterEndpoint;
  readonly #watchStallMs: number;
  #agents: ClusterAgents | undefined;
  /** the client certificate that the agents show */
  #cert: string | undefined;

  constructor(
    endpoint: ClusterEndpoint,
    options: { watchStallMs?: number } = {},
  ) {
    this.#endpoint = endpoint;
    this.#watchStallMs = options.watchStallMs ?? WATCH.bodyTimeoutMs;
  }

  get cluster(): string {
    return this.#endpoint.name;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    const agents = this.#agents;
    this.#agents = undefined;
    await agents?.close();
  }

  /** Reads an answer whole. 304 is an answer too, for those who sent an ETag. */
  async text(request: ClusterRequest): Promise<ClusterAnswer> {
    return this.#attempt(request, async signal => {
      const data = await this.#exchange(request, CALL, signal);
      const limit = request.limitBytes ?? LIMIT_BYTES;
      const body = await readBounded(inflate(data), limit, this.#system);
      return {
        status: data.statusCode,
        headers: data.headers,
        text: body.toString('utf8'),
      };
    });
  }

  /** Reads an answer as JSON. Its form is the API server's word. */
  async json<T>(request: ClusterRequest): Promise<T & object> {
    return this.parse(request, await this.text(request));
  }

  /** @throws UpstreamError when it is no JSON object */
  parse<T>(request: ClusterRequest, { text }: ClusterAnswer): T & object {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    if (typeof value === 'object' && value !== null) return value as T & object;
    throw new UpstreamError(
      `${this.#system} answered ${/^\s*</.test(text) ? 'with a web page' : 'with something that is not JSON'} when asked for ${request.what}. Check its address in the kubernetes section of the configuration`,
      { reason: 'unreadable' },
    );
  }

  /** The body of a watch as it comes; ends with an error when nothing comes for 130 s. */
  async watch(request: ClusterRequest): Promise<Readable> {
    return this.#open(request, {
      ...WATCH,
      bodyTimeoutMs: this.#watchStallMs,
    });
  }

  /** The body of a log as it comes, however long that takes. */
  async stream(request: ClusterRequest): Promise<Readable> {
    return this.#open(request, STREAM);
  }

  /** Address and headers for a connection that is no HTTP request. */
  async upgrade(request: Pick<ClusterRequest, 'path' | 'query'>): Promise<{
    url: URL;
    authorization: Authorization;
  }> {
    const authorization = await this.#endpoint.authorize();
    return { url: this.#url(request), authorization };
  }

  /** Any failure as an error in words. */
  explain(error: unknown, request: ClusterRequest): Error {
    if (error instanceof CustomErrorBase) return error;
    if (request.signal?.aborted) {
      return Object.assign(new Error('The request was aborted'), {
        name: 'AbortError',
      });
    }
    return connectionError(error, {
      system: this.#system,
      what: request.what,
      credentialsAdvice: '',
      changes: isChange(request),
    });
  }

  get #system(): string {
    return `Cluster "${this.#endpoint.name}"`;
  }

  async #open(request: ClusterRequest, exchange: Exchange): Promise<Readable> {
    const data = await this.#attempt(request, signal =>
      this.#exchange(request, exchange, signal),
    );
    return explainStream(data.body, error => this.explain(error, request));
  }

  async #attempt<T>(
    request: ClusterRequest,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(DEADLINE),
      request.timeoutMs ?? TIMEOUT_MS,
    );
    const signal = request.signal
      ? AbortSignal.any([request.signal, deadline.signal])
      : deadline.signal;
    try {
      return await run(signal);
    } catch (error) {
      const explained = this.explain(
        deadline.signal.aborted ? DEADLINE : error,
        request,
      );
      const pause = retryAfterMs(explained, request);
      if (pause === undefined || signal.aborted) throw explained;
      await sleep(pause * (0.5 + Math.random() / 2));
      return await run(signal).catch(again => {
        throw this.explain(again, request);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends; a refused credential is dropped, and another one tried once. */
  async #exchange(
    request: ClusterRequest,
    exchange: Exchange,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    let authorization = await this.#endpoint.authorize();
    let data = await this.#send(request, exchange, authorization, signal);
    if (data.statusCode === 401) {
      discard(data.body);
      authorization = await this.#endpoint.authorize(authorization);
      data = await this.#send(request, exchange, authorization, signal);
    }
    if (data.statusCode === 304) return data;
    if (data.statusCode >= 200 && data.statusCode < 300) return data;
    if (data.statusCode < 400) {
      discard(data.body);
      throw new UpstreamError(
        `${this.#system} redirects instead of answering when asked for ${request.what}. Check its address in the kubernetes section of the configuration`,
        { reason: 'redirect', status: data.statusCode },
      );
    }
    const text = await readBeginning(inflate(data), ERROR_BODY_BYTES);
    throw kubernetesError(
      this.#endpoint.name,
      request.what,
      readKubeStatus(data.statusCode, redact(text, authorization.secrets)),
    );
  }

  async #send(
    request: ClusterRequest,
    { dispatcher, bodyTimeoutMs, compressed }: Exchange,
    authorization: Authorization,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const { method = 'GET', body } = request;
    return send(this.#url(request), {
      method,
      dispatcher: dispatcher(this.#connect(authorization)),
      signal,
      headers: {
        accept: request.accept ?? 'application/json',
        'accept-encoding': compressed ? 'gzip' : 'identity',
        'user-agent': 'amamba-for-backstage',
        ...request.headers,
        ...authorization.headers,
        ...(body && { 'content-type': body.contentType }),
      },
      body: body?.text,
      headersTimeout: request.timeoutMs ?? TIMEOUT_MS,
      bodyTimeout: bodyTimeoutMs,
    });
  }

  /** The connections; new ones when the client certificate is another one. */
  #connect({ cert, key }: Authorization): ClusterAgents {
    if (this.#agents && this.#cert === cert) return this.#agents;
    this.#agents?.close().catch(() => {});
    this.#cert = cert;
    this.#agents = createAgents({
      ca: this.#endpoint.ca,
      skipVerify: this.#endpoint.skipTlsVerify,
      ...{ cert, key },
    });
    return this.#agents;
  }

  #url({ path, query = {} }: Pick<ClusterRequest, 'path' | 'query'>): URL {
    const url = new URL(this.#endpoint.baseUrl);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${path.text}`;
    for (const [name, value] of Object.entries(query)) {
      if (value === undefined) continue;
      const values = typeof value === 'object' ? value : [String(value)];
      for (const each of values) url.searchParams.append(name, each);
    }
    return url;
  }
}

function inflate({ headers, body }: Dispatcher.ResponseData): Readable {
  if (headers['content-encoding'] !== 'gzip') return body;
  const gunzip = createGunzip();
  body.on('error', error => gunzip.destroy(error));
  gunzip.on('close', () => discard(body));
  return body.pipe(gunzip);
}

function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (result, secret) => (secret ? result.replaceAll(secret, '***') : result),
    text,
  );
}

function isChange({ method = 'GET', isQuestion }: ClusterRequest): boolean {
  return method !== 'GET' && !isQuestion;
}

/** Milliseconds after which another attempt makes sense; only reading is repeated. */
function retryAfterMs(
  error: Error,
  request: ClusterRequest,
): number | undefined {
  if (isChange(request)) return undefined;
  if (isRetriable(error)) return RETRY_MS;
  const asked = kubernetesDetails(error)?.retryAfterMs;
  return asked !== undefined && asked <= MAX_RETRY_AFTER_MS ? asked : undefined;
}
