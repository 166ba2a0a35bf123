import { z } from 'zod';
import {
  parseJson,
  UpstreamError,
  type GuardedAnswer,
  type GuardedClient,
} from '../../http';
import { basicAuthorization } from './HttpChartSource';
import type { RepositoryAccess } from './types';

const TOKEN_MS = 15_000;
const TOKEN_BYTES = 200_000;
const PARAMETER = /([a-z]+)="((?:[^"\\]|\\.)*)"/gi;
const tokenSchema = z
  .object({ token: z.string().optional(), access_token: z.string().optional() })
  .transform(({ token, access_token: other }) => token ?? other);

interface Asked {
  what: string;
  limitBytes: number;
  timeoutMs: number;
  headers?: Readonly<Record<string, string>>;
}

/** What a registry wants to see, out of `WWW-Authenticate`. */
function challengeOf(header: string | undefined) {
  const [, scheme = '', rest = ''] =
    /^\s*(\w+)\s*(.*)$/s.exec(header ?? '') ?? [];
  const parameters = Object.fromEntries(
    [...rest.matchAll(PARAMETER)].map(([, key, value]) => [
      key.toLocaleLowerCase('en-US'),
      value,
    ]),
  );
  return { scheme: scheme.toLocaleLowerCase('en-US'), parameters };
}

/** GETs of the OCI distribution API, with user and password or with the token that a registry asks for. */
export class OciRegistry {
  readonly #repository: RepositoryAccess;
  readonly #client: GuardedClient;
  /** by name of the chart: registries give tokens for one repository each */
  readonly #authorizations = new Map<string, string>();

  constructor(repository: RepositoryAccess, client: GuardedClient) {
    this.#repository = repository;
    this.#client = client;
  }

  /** @param path - below `/v2/<repository>/<chart>/` */
  async get(chart: string, path: string, asked: Asked): Promise<GuardedAnswer> {
    const first = await this.#send(chart, path, asked, [401]);
    if (first.status !== 401) return first;
    this.#authorizations.set(
      chart,
      await this.#authorize(first.headers['www-authenticate'], asked),
    );
    return this.#send(chart, path, asked, []);
  }

  #send(chart: string, path: string, asked: Asked, accept: number[]) {
    const base = new URL(this.#repository.url.replace(/^oci:/, 'https:'));
    const folder = base.pathname.replace(/^\/+|\/+$/g, '');
    const name = folder ? `${folder}/${chart}` : chart;
    return this.#client.get({
      ...asked,
      url: new URL(`/v2/${name}/${path}`, base),
      system: this.#system,
      authorization: this.#authorizations.get(chart),
      accept,
      trusted: this.#repository.trusted,
    });
  }

  async #authorize(
    header: string | undefined,
    { what }: Asked,
  ): Promise<string> {
    const { scheme, parameters } = challengeOf(header);
    const basic = basicAuthorization(this.#repository);
    if (scheme === 'basic' && basic) return basic;
    const realm = scheme === 'bearer' && URL.parse(parameters.realm ?? '');
    // Passwords go nowhere that the registry itself would not be trusted with.
    const isSafe =
      realm &&
      (realm.protocol === 'https:' ||
        (realm.protocol === 'http:' &&
          this.#repository.url.startsWith('http:')));
    if (!isSafe) {
      throw new UpstreamError(
        `${this.#system} refused ${what}. Check its user name and password`,
        { reason: 'credentials', status: 401 },
      );
    }
    for (const key of ['service', 'scope']) {
      if (parameters[key]) realm.searchParams.set(key, parameters[key]);
    }
    const { body } = await this.#client.get({
      url: realm,
      system: this.#system,
      what: 'a token',
      authorization: basic,
      limitBytes: TOKEN_BYTES,
      timeoutMs: TOKEN_MS,
      trusted: this.#repository.trusted,
    });
    const token = parseJson(
      tokenSchema,
      body.toString('utf8'),
      `${this.#system} answered`,
      'a token',
    );
    return `Bearer ${token ?? ''}`;
  }

  get #system(): string {
    return `Repository "${this.#repository.name}"`;
  }
}
