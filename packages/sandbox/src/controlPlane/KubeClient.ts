import * as https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadAll } from 'js-yaml';

/** Where a cluster is and what opens it. */
export interface ClusterAccess {
  /** e.g. `https://127.0.0.1:20000`, without a trailing slash */
  url: string;
  token?: string;
  /** a client's certificate and key, PEM, instead of a token */
  cert?: string;
  key?: string;
  /** PEM of the authority; undefined: the system's */
  ca?: string;
  /** true where a kubeconfig says so */
  skipTlsVerify?: boolean;
}

/** A Kubernetes object, as far as we look at it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** An answer of the API server that is not 2xx; `message` is its own words. */
export class KubeError extends Error {
  name = 'KubeError';

  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const MANAGER = 'amamba-sandbox';
const REQUEST_MS = 30_000;

/** A small client for setting clusters up and for tests; the product has its own. */
export class KubeClient {
  readonly #agent: https.Agent;
  readonly #resources = new Map<string, Promise<ApiResource[]>>();

  readonly access: ClusterAccess;

  constructor(access: ClusterAccess) {
    this.access = access;
    this.#agent = new https.Agent({
      keepAlive: true,
      ca: access.ca,
      cert: access.cert,
      key: access.key,
      rejectUnauthorized: !access.skipTlsVerify,
    });
  }

  /** Closes what is still open, so that a process can end. */
  close(): void {
    this.#agent.destroy();
  }

  /** Sends a request; gives back the parsed JSON, or the text of another type. Throws {@link KubeError}. */
  async request<T = KubeObject>(
    method: string,
    path: string,
    options: { body?: unknown; type?: string } = {},
  ): Promise<T> {
    const { body, type = 'application/json' } = options;
    const { status, text } = await this.#send(
      method,
      path,
      body === undefined ? undefined : JSON.stringify(body),
      type,
    );
    let answer: unknown = text;
    try {
      answer = JSON.parse(text);
    } catch {
      // Health checks and unknown paths answer in plain text.
    }
    if (status >= 200 && status < 300) return answer as T;
    const { message = text } = answer as { message?: string };
    throw new KubeError(status, `${method} ${path}: ${message}`);
  }

  #send(
    method: string,
    path: string,
    body: string | undefined,
    type: string,
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const request = https.request(
        `${this.access.url}${path}`,
        {
          method,
          agent: this.#agent,
          timeout: REQUEST_MS,
          headers: {
            ...(this.access.token && {
              Authorization: `Bearer ${this.access.token}`,
            }),
            Accept: 'application/json',
            ...(body !== undefined && {
              'Content-Type': type,
              'Content-Length': Buffer.byteLength(body),
            }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      request.once('timeout', () =>
        request.destroy(
          new Error(`${this.access.url} did not answer within 30 s`),
        ),
      );
      request.once('error', reject);
      request.end(body);
    });
  }

  get<T = KubeObject>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  /** The object, or undefined when there is none. */
  async find(path: string): Promise<KubeObject | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    }
  }

  async list(path: string): Promise<KubeObject[]> {
    return (await this.get<{ items: KubeObject[] }>(path)).items;
  }

  /** Deletes an object if it is there. */
  async remove(
    path: string,
    propagationPolicy: 'Background' | 'Foreground' | 'Orphan' = 'Background',
  ): Promise<void> {
    try {
      await this.request('DELETE', path, { body: { propagationPolicy } });
    } catch (error) {
      if (!(error instanceof KubeError && error.status === 404)) throw error;
    }
  }

  mergePatch(path: string, body: unknown): Promise<KubeObject> {
    const type = 'application/merge-patch+json';
    return this.request('PATCH', path, { body, type });
  }

  /** Path of an object; that of its list when `name` is empty. */
  async pathOf(object: {
    apiVersion: string;
    kind: string;
    metadata: { name?: string; namespace?: string };
  }): Promise<string> {
    const { apiVersion, kind, metadata } = object;
    const base = apiVersion.includes('/')
      ? `/apis/${apiVersion}`
      : `/api/${apiVersion}`;
    const resource = await this.#resource(base, kind);
    const space = resource.namespaced
      ? `/namespaces/${metadata.namespace ?? 'default'}`
      : '';
    const name = metadata.name ? `/${metadata.name}` : '';
    return `${base}${space}/${resource.name}${name}`;
  }

  async #resource(base: string, kind: string): Promise<ApiResource> {
    const read = () =>
      this.get<{ resources: ApiResource[] }>(base).then(
        ({ resources }) => resources,
      );
    // Right after its definition was accepted, a kind is not served yet.
    for (let attempt = 0; ; attempt += 1) {
      const known = this.#resources.get(base) ?? read();
      this.#resources.set(base, known);
      const found = await known.then(
        list =>
          list.find(each => each.kind === kind && !each.name.includes('/')),
        () => undefined,
      );
      if (found) return found;
      this.#resources.delete(base);
      if (attempt === 100)
        throw new KubeError(404, `${base} does not serve ${kind}`);
      await sleep(100);
    }
  }

  /** Server-side apply of one object; fields of others stay, conflicts are ours. */
  async apply(object: KubeObject, subresource = ''): Promise<KubeObject> {
    const path = await this.pathOf(object);
    return this.request(
      'PATCH',
      `${path}${subresource}?fieldManager=${MANAGER}&force=true`,
      { body: object, type: 'application/apply-patch+yaml' },
    );
  }

  /** Applies all documents of a YAML text, in their order. */
  async applyYaml(text: string, namespace?: string): Promise<KubeObject[]> {
    const applied: KubeObject[] = [];
    for (const object of documents(text)) {
      if (namespace && !object.metadata.namespace)
        object.metadata.namespace = namespace;
      applied.push(await this.apply(object));
    }
    return applied;
  }
}

/** The objects in a YAML text; empty documents are left out. Throws where it is no YAML. */
export function documents(text: string): KubeObject[] {
  return loadAll(text).flatMap(value => (value ? [value as KubeObject] : []));
}
