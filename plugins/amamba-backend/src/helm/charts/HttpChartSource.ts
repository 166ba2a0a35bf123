import { InputError, NotFoundError } from '@backstage/errors';
import type { GuardedClient } from '../../http';
import { checkDigest } from './digest';
import { readIndex } from './readIndex';
import type {
  ChartEntry,
  ChartListing,
  ChartSource,
  ChartVersion,
  RepositoryAccess,
} from './types';

/** 200 charts of 100 versions each are 11 MB. */
const INDEX_BYTES = 40_000_000;
const INDEX_MS = 30_000;
/** as much as Helm itself would put into a release, many times over */
export const ARCHIVE_BYTES = 20_000_000;
export const ARCHIVE_MS = 30_000;

/** The value of an Authorization header; undefined without a user. */
export function basicAuthorization({
  username,
  password,
}: Pick<RepositoryAccess, 'username' | 'password'>): string | undefined {
  return username
    ? `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`
    : undefined;
}

/** A repository as `helm repo add` takes it: an index.yaml and archives. */
export class HttpChartSource implements ChartSource {
  readonly #repository: RepositoryAccess;
  readonly #client: GuardedClient;

  constructor(repository: RepositoryAccess, client: GuardedClient) {
    this.#repository = repository;
    this.#client = client;
  }

  async list(etag?: string): Promise<ChartListing | undefined> {
    const { trusted } = this.#repository;
    const { status, body, headers } = await this.#client.get({
      url: this.#base('index.yaml'),
      system: this.#system,
      what: 'its index.yaml',
      authorization: basicAuthorization(this.#repository),
      headers: etag ? { 'if-none-match': etag } : {},
      accept: [304],
      compressed: true,
      limitBytes: INDEX_BYTES,
      timeoutMs: INDEX_MS,
      trusted,
    });
    if (status === 304) return undefined;
    const charts = await readIndex(body.toString('utf8'), this.#system);
    return { charts, problems: [], etag: headers.etag };
  }

  async download(chart: ChartEntry, version: ChartVersion): Promise<Buffer> {
    const title = `chart ${chart.name} ${version.version}`;
    const url = version.url && URL.parse(version.url, this.#base(''));
    if (!url) throw new NotFoundError(`${this.#system} has no ${title}.`);
    if (!/^https?:$/.test(url.protocol)) {
      throw new InputError(
        `${this.#system} keeps ${title} at an address that is not http or https.`,
      );
    }
    const isAtHome = url.origin === this.#base('').origin;
    const { body } = await this.#client.get({
      ...{ url, system: this.#system, what: title },
      authorization: isAtHome
        ? basicAuthorization(this.#repository)
        : undefined,
      limitBytes: ARCHIVE_BYTES,
      timeoutMs: ARCHIVE_MS,
      trusted: this.#repository.trusted,
    });
    return checkDigest(body, version.digest, `${this.#system}: ${title}`);
  }

  get #system(): string {
    return `Repository "${this.#repository.name}"`;
  }

  #base(file: string): URL {
    return new URL(file, `${this.#repository.url.replace(/\/*$/, '')}/`);
  }
}
