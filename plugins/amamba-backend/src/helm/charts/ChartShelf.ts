import { NotFoundError, toError } from '@backstage/errors';
import type { GuardedClient } from '../../http';
import { readChart, type Chart } from './archive';
import { HttpChartSource } from './HttpChartSource';
import { OciChartSource } from './OciChartSource';
import type {
  ChartEntry,
  ChartSource,
  ChartVersion,
  RepositoryAccess,
} from './types';

/** A listing is shown for this long before it is read again, in the background. */
const FRESH_MS = 5 * 60_000;
/** Nobody is shown a listing that is older; it is waited for. */
const OLD_MS = 24 * 60 * 60_000;
/** A repository that failed is not asked again before this. */
const RETRY_MS = 15_000;
const MAX_LISTINGS = 100;
const MAX_ARCHIVE_BYTES = 64_000_000;

/** A repository with a name for it that is unique in the portal, and changes when the repository does. */
export interface ShelvedRepository extends RepositoryAccess {
  key: string;
}

/** What is known of a repository now. */
export interface ShelvedListing {
  charts: readonly ChartEntry[];
  /** when it was read; absent: never */
  at?: Date;
  problem?: string;
}

/** A version of a chart with its archive. */
export interface FetchedChart {
  entry: ChartEntry;
  version: ChartVersion;
  chart: Chart;
  archive: Buffer;
}

interface Kept extends ShelvedListing {
  etag?: string;
  triedAt: number;
  reading?: Promise<void>;
}

/** Keeps what repositories hold, so that lists and forms do not wait for them, in bounded memory. */
export class ChartShelf {
  readonly #client: GuardedClient;
  /** in the order of use */
  readonly #listings = new Map<string, Kept>();
  readonly #archives = new Map<string, Buffer>();

  constructor(options: { client: GuardedClient }) {
    this.#client = options.client;
  }

  /** What a repository holds; when it fails what it held before, and the problem. */
  async listing(repository: ShelvedRepository): Promise<ShelvedListing> {
    const kept = this.#kept(repository.key);
    const now = Date.now();
    const age = kept.at ? now - kept.at.getTime() : Infinity;
    const isDue = age > FRESH_MS && now - kept.triedAt > RETRY_MS;
    if (isDue) kept.reading ??= this.#read(repository, kept);
    if (age > OLD_MS) await kept.reading;
    return kept;
  }

  /** Reads a repository for the first time. @throws what is wrong with it */
  async probe(repository: RepositoryAccess): Promise<void> {
    await this.#source(repository).list();
  }

  /** What is known without asking the repository. */
  known({ key }: ShelvedRepository): ShelvedListing {
    return this.#listings.get(key) ?? { charts: [] };
  }

  /** @param version - the newest when absent. @throws NotFoundError */
  async fetch(
    repository: ShelvedRepository,
    name: string,
    version?: string,
  ): Promise<FetchedChart> {
    const { charts, problem } = await this.listing(repository);
    const entry = charts.find(each => each.name === name);
    if (!entry) {
      throw new NotFoundError(
        problem ?? `Repository "${repository.name}" has no chart "${name}".`,
      );
    }
    const found = version
      ? entry.versions.find(each => each.version === version)
      : newestOf(entry);
    if (!found) {
      throw new NotFoundError(
        `Repository "${repository.name}" has no ${name} ${version}.`,
      );
    }
    const archive = await this.#archive(repository, entry, found);
    const chart = readChart(archive, `${name} ${found.version}`);
    return { entry, version: found, chart, archive };
  }

  #source(repository: RepositoryAccess): ChartSource {
    return repository.type === 'oci'
      ? new OciChartSource(repository, this.#client)
      : new HttpChartSource(repository, this.#client);
  }

  #kept(key: string): Kept {
    const kept = this.#listings.get(key) ?? { charts: [], triedAt: 0 };
    this.#listings.delete(key);
    this.#listings.set(key, kept);
    for (const [oldest] of this.#listings) {
      if (this.#listings.size <= MAX_LISTINGS) break;
      this.#listings.delete(oldest);
    }
    return kept;
  }

  async #read(repository: ShelvedRepository, kept: Kept): Promise<void> {
    try {
      const listing = await this.#source(repository).list(kept.at && kept.etag);
      if (listing) {
        kept.charts = listing.charts;
        kept.etag = listing.etag;
      }
      kept.problem = listing?.problems[0];
      kept.at = new Date();
    } catch (cause) {
      kept.problem = toError(cause).message;
    } finally {
      kept.triedAt = Date.now();
      kept.reading = undefined;
    }
  }

  async #archive(
    repository: ShelvedRepository,
    entry: ChartEntry,
    version: ChartVersion,
  ): Promise<Buffer> {
    // Another archive under the same version is another one when the index says so.
    const key = JSON.stringify([
      ...[repository.key, entry.name, version.version],
      version.digest ?? version.created ?? '',
    ]);
    const known = this.#archives.get(key);
    const archive =
      known ?? (await this.#source(repository).download(entry, version));
    this.#archives.delete(key);
    this.#archives.set(key, archive);
    let size = [...this.#archives.values()].reduce(
      (sum, { length }) => sum + length,
      0,
    );
    for (const [oldest, { length }] of this.#archives) {
      if (size <= MAX_ARCHIVE_BYTES) break;
      this.#archives.delete(oldest);
      size -= length;
    }
    return archive;
  }
}

/** The newest version that is finished; of charts that have none the newest at all. */
export function newestOf({ versions }: ChartEntry): ChartVersion {
  return versions.find(({ version }) => !version.includes('-')) ?? versions[0];
}
