import { NotFoundError, toError } from '@backstage/errors';
import limiter from 'p-limit';
import semver from 'semver';
import { z } from 'zod';
import { parseJson, type GuardedClient } from '../../http';
import { checkDigest } from './digest';
import { ARCHIVE_BYTES, ARCHIVE_MS } from './HttpChartSource';
import { OciRegistry } from './OciRegistry';
import type {
  ChartEntry,
  ChartListing,
  ChartSource,
  ChartVersion,
  RepositoryAccess,
} from './types';

const CONFIG_TYPE = 'application/vnd.cncf.helm.config.v1+json';
const LAYER_TYPE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const MAX_PAGES = 20;
const AT_ONCE = 6;
const SMALL_BYTES = 2_000_000;
const SMALL_MS = 15_000;

const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const blobSchema = z.object({ mediaType: z.string(), digest: digestSchema });
const manifestSchema = z.object({
  config: blobSchema,
  layers: z.array(blobSchema),
  annotations: z.record(z.string(), z.string()).optional(),
});
const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });
const chartSchema = z.object({
  appVersion: z.coerce.string().optional(),
  description: z.string().optional(),
  deprecated: z.boolean().optional(),
  keywords: z.array(z.string()).nullish(),
});

/** A tag has no "+", so registries keep it as "_". */
const tagOf = (version: string) => version.replace(/\+/g, '_');
const versionOf = (tag: string) => tag.replace(/_/g, '+');

/** Charts in an OCI registry. What it holds cannot be asked for; users name the charts. */
export class OciChartSource implements ChartSource {
  readonly #repository: RepositoryAccess;
  readonly #registry: OciRegistry;

  constructor(repository: RepositoryAccess, client: GuardedClient) {
    this.#repository = repository;
    this.#registry = new OciRegistry(repository, client);
  }

  async list(): Promise<ChartListing> {
    const limit = limiter(AT_ONCE);
    const problems: string[] = [];
    const charts = await Promise.all(
      this.#repository.charts.map(name =>
        limit(async () => {
          try {
            return [await this.#chart(name)];
          } catch (cause) {
            problems.push(toError(cause).message);
            return [];
          }
        }),
      ),
    );
    const [problem] = problems;
    if (problem && charts.flat().length === 0) throw new NotFoundError(problem);
    return { charts: charts.flat(), problems };
  }

  async download(chart: ChartEntry, version: ChartVersion): Promise<Buffer> {
    const title = `chart ${chart.name} ${version.version}`;
    const { layers } = await this.#manifest(chart.name, version.version);
    const layer = layers.find(({ mediaType }) => mediaType === LAYER_TYPE);
    if (!layer) {
      throw new NotFoundError(
        `Repository "${this.#repository.name}" has something else than a chart at ${chart.name}:${version.version}.`,
      );
    }
    const { body } = await this.#registry.get(
      chart.name,
      `blobs/${layer.digest}`,
      { what: title, limitBytes: ARCHIVE_BYTES, timeoutMs: ARCHIVE_MS },
    );
    return checkDigest(
      body,
      layer.digest,
      `Repository "${this.#repository.name}": ${title}`,
    );
  }

  /** A chart with its versions; of the newest also what it is. */
  async #chart(name: string): Promise<ChartEntry> {
    const tags = await this.#tags(name);
    const versions = tags
      .map(versionOf)
      .filter(version => semver.valid(version))
      .sort((a, b) => semver.rcompare(a, b));
    if (versions.length === 0) {
      throw new NotFoundError(
        `Repository "${this.#repository.name}" has no version of a chart ${name}.`,
      );
    }
    const newest = await this.#describe(name, versions[0]);
    return {
      name,
      versions: versions.map(version =>
        version === versions[0]
          ? newest
          : { version, deprecated: false, keywords: [] },
      ),
    };
  }

  async #tags(name: string): Promise<string[]> {
    const tags: string[] = [];
    let next: string | undefined = 'tags/list';
    for (let page = 0; next && page < MAX_PAGES; page++) {
      const { body, headers } = await this.#registry.get(name, next, {
        ...{ what: `the versions of ${name}`, limitBytes: SMALL_BYTES },
        timeoutMs: SMALL_MS,
      });
      const found = this.#parse(tagsSchema, body, `versions of ${name}`);
      tags.push(...(found.tags ?? []));
      // only where in the same list, never another address
      const query = /<[^>]*\/tags\/list(\?[^>]*)>\s*;\s*rel="?next/.exec(
        headers.link ?? '',
      );
      next = query ? `tags/list${query[1]}` : undefined;
    }
    return tags;
  }

  async #describe(name: string, version: string): Promise<ChartVersion> {
    const { config, annotations } = await this.#manifest(name, version);
    const { body } =
      config.mediaType === CONFIG_TYPE
        ? await this.#registry.get(name, `blobs/${config.digest}`, {
            ...{ what: `chart ${name}`, limitBytes: SMALL_BYTES },
            timeoutMs: SMALL_MS,
          })
        : { body: Buffer.from('{}') };
    const chart = this.#parse(chartSchema, body, `chart ${name}`);
    const created = annotations?.['org.opencontainers.image.created'] ?? '';
    const at = Date.parse(created);
    return {
      version,
      appVersion: chart.appVersion?.slice(0, 100),
      description: chart.description?.slice(0, 500),
      deprecated: chart.deprecated ?? false,
      keywords: (chart.keywords ?? []).slice(0, 20),
      created: Number.isNaN(at) ? undefined : new Date(at).toISOString(),
    };
  }

  async #manifest(name: string, version: string) {
    const { body } = await this.#registry.get(
      name,
      `manifests/${tagOf(version)}`,
      {
        ...{ what: `chart ${name} ${version}`, limitBytes: SMALL_BYTES },
        ...{ timeoutMs: SMALL_MS, headers: { accept: MANIFEST_TYPE } },
      },
    );
    return this.#parse(manifestSchema, body, `chart ${name} ${version}`);
  }

  #parse<S extends z.ZodType>(
    schema: S,
    body: Buffer,
    what: string,
  ): z.output<S> {
    return parseJson(
      schema,
      body.toString('utf8'),
      `Repository "${this.#repository.name}" answered`,
      what,
    );
  }
}
