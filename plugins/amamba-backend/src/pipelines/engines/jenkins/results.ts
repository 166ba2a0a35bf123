import type {
  Artifact,
  Change,
  TestCase,
  TestStatus,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineCallOptions,
  EngineFile,
  EnginePipelineRef,
} from '@amamba/backstage-plugin-amamba-node';
import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { path, UpstreamError } from '../../../http';
import { runWords, type JenkinsAddresses } from './addresses';
import type { JenkinsClient } from './JenkinsClient';

/** reports are larger than other answers, because of their traces */
const REPORT_LIMIT_BYTES = 32_000_000;
const MAX_CHANGES = 500;

const artifactsSchema = z.object({
  artifacts: z.array(
    z.object({ fileName: z.string(), relativePath: z.string() }),
  ),
});
const sizesSchema = z.array(
  z.object({ path: z.string(), size: z.number().nullish() }),
);
const caseSchema = z.object({
  className: z.string().nullish(),
  name: z.string(),
  status: z.string(),
  duration: z.number().nullish(),
  age: z.number().int().nullish(),
  errorDetails: z.string().nullish(),
  errorStackTrace: z.string().nullish(),
  skippedMessage: z.string().nullish(),
});
const reportSchema = z.object({
  suites: z
    .array(
      z.object({
        name: z.string().nullish(),
        cases: z.array(caseSchema).nullish(),
      }),
    )
    .nullish(),
});
const changesSchema = z.object({
  changeSets: z
    .array(
      z.object({
        items: z
          .array(
            z.object({
              commitId: z.string().nullish(),
              msg: z.string().nullish(),
              timestamp: z.number().nullish(),
              author: z.object({ fullName: z.string().nullish() }).nullish(),
              affectedPaths: z.array(z.string()).nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

const STATUSES = new Map<string, TestStatus>([
  ['PASSED', 'passed'],
  ['FIXED', 'fixed'],
  ['SKIPPED', 'skipped'],
  ['FAILED', 'failed'],
  ['REGRESSION', 'regression'],
]);

/** Test cases of a report; ids stay the same from run to run as long as names do. */
export function readReport(report: z.output<typeof reportSchema>): TestCase[] {
  const seen = new Map<string, number>();
  return (report.suites ?? []).flatMap(({ name: suite, cases }) =>
    (cases ?? []).map(item => {
      const key = [suite ?? '', item.className ?? '', item.name].join('/');
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return {
        id: count === 1 ? key : `${key}#${count}`,
        suite: suite ?? '',
        className: item.className ?? '',
        name: item.name,
        status: STATUSES.get(item.status) ?? 'failed',
        durationMs: Math.max(0, Math.round((item.duration ?? 0) * 1000)),
        failingSince: item.age && item.age > 0 ? item.age : undefined,
        message: item.errorDetails ?? item.skippedMessage ?? undefined,
        trace: item.errorStackTrace ?? undefined,
      };
    }),
  );
}

/** What a run leaves behind: artifacts, test reports, changes. */
export class JenkinsResults {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;

  constructor(client: JenkinsClient, addresses: JenkinsAddresses) {
    this.#client = client;
    this.#addresses = addresses;
  }

  async artifacts(
    ref: EnginePipelineRef,
    run: number,
    options: EngineCallOptions = {},
  ): Promise<Artifact[]> {
    const what = `the artifacts of ${runWords(ref, run)}`;
    const { artifacts } = await this.#client.json(artifactsSchema, {
      path: path`${this.#addresses.run(ref, run)}/api/json`,
      query: { tree: 'artifacts[fileName,relativePath]' },
      what,
      ...options,
    });
    const sizes = artifacts.length
      ? await this.#sizes(ref, run, what, options)
      : new Map<string, number>();
    return artifacts.map(({ fileName, relativePath }) => ({
      path: relativePath,
      name: fileName,
      sizeBytes: sizes.get(relativePath),
    }));
  }

  /** Only the plugin Pipeline: REST API knows sizes, of the first 100 artifacts; without them the list is good too. */
  async #sizes(
    ref: EnginePipelineRef,
    run: number,
    what: string,
    options: EngineCallOptions,
  ): Promise<Map<string, number>> {
    try {
      const list = await this.#client.json(sizesSchema, {
        path: path`${this.#addresses.run(ref, run)}/wfapi/artifacts`,
        what,
        ...options,
      });
      return new Map(
        list.flatMap(item =>
          typeof item.size === 'number' ? [[item.path, item.size]] : [],
        ),
      );
    } catch (error) {
      const isMissing =
        error instanceof NotFoundError || error instanceof UpstreamError;
      if (isMissing) return new Map();
      throw error;
    }
  }

  /** @throws InputError for a path with `.`, `..` or empty parts */
  async artifact(
    ref: EnginePipelineRef,
    run: number,
    file: string,
    options: EngineCallOptions = {},
  ): Promise<EngineFile> {
    const what = `the artifact ${file} of ${runWords(ref, run)}`;
    const segments = file.split('/');
    const { status, headers, stream } = await this.#client.open({
      path: path`${this.#addresses.run(ref, run)}/artifact/${segments}`,
      accept: [302],
      what,
      ...options,
    });
    if (status === 302) {
      stream.destroy();
      throw new NotFoundError(
        `${this.#client.system} has a folder, no file, for ${what}`,
      );
    }
    const size = Number(headers['content-length'] ?? NaN);
    return {
      stream,
      sizeBytes: Number.isNaN(size) ? undefined : size,
      contentType: headers['content-type'],
    };
  }

  /** Nothing when the run has no report. */
  async tests(
    ref: EnginePipelineRef,
    run: number,
    options: EngineCallOptions = {},
  ): Promise<TestCase[]> {
    const cases =
      'className,name,status,duration,age,errorDetails,errorStackTrace,skippedMessage';
    try {
      const report = await this.#client.json(reportSchema, {
        path: path`${this.#addresses.run(ref, run)}/testReport/api/json`,
        query: { tree: `suites[name,cases[${cases}]]` },
        limitBytes: REPORT_LIMIT_BYTES,
        what: `the test report of ${runWords(ref, run)}`,
        ...options,
      });
      return readReport(report);
    } catch (error) {
      if (error instanceof NotFoundError) return [];
      throw error;
    }
  }

  async changes(
    ref: EnginePipelineRef,
    run: number,
    options: EngineCallOptions = {},
  ): Promise<Change[]> {
    const items = `commitId,msg,timestamp,author[fullName],affectedPaths`;
    const { changeSets } = await this.#client.json(changesSchema, {
      path: path`${this.#addresses.run(ref, run)}/api/json`,
      query: { tree: `changeSets[items[${items}]{0,${MAX_CHANGES}}]` },
      what: `the changes of ${runWords(ref, run)}`,
      ...options,
    });
    return (changeSets ?? [])
      .flatMap(set => set.items ?? [])
      .map(item => ({
        commit: item.commitId ?? '',
        message: item.msg ?? '',
        author: item.author?.fullName ?? '',
        ...(item.timestamp &&
          item.timestamp > 0 && { at: new Date(item.timestamp).toISOString() }),
        files: item.affectedPaths?.length ?? 0,
      }));
  }
}
