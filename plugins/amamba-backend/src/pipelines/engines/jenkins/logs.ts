import type {
  EngineCallOptions,
  EngineLog,
  EnginePipelineRef,
} from '@amamba/backstage-plugin-amamba-node';
import { NotFoundError } from '@backstage/errors';
import { pipeline, Readable } from 'stream';
import { z } from 'zod';
import { path, UpstreamError, type OutboundPath } from '../../../http';
import { runWords, type JenkinsAddresses } from './addresses';
import type { JenkinsClient } from './JenkinsClient';
import { LineEnds } from './lineEnds';
import type { JenkinsStages } from './stages/JenkinsStages';
import type { JenkinsStep } from './stages/StageApi';

const buildingSchema = z.object({ building: z.boolean() });

/** Passes a log on with plain line ends; errors and the end of either side reach the other. */
function withLineEnds(source: Readable): Readable {
  const target = new LineEnds();
  pipeline(source, target, () => {});
  return target;
}

/** Leaves out the first bytes of what is to come. */
async function* skipping(
  source: AsyncIterable<Buffer>,
  bytes: number,
): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of source) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** Logs of runs, stages and steps, by offsets in bytes. */
export class JenkinsLogs {
  readonly #client: JenkinsClient;
  readonly #addresses: JenkinsAddresses;
  readonly #stages: JenkinsStages;

  constructor(
    client: JenkinsClient,
    addresses: JenkinsAddresses,
    stages: JenkinsStages,
  ) {
    this.#client = client;
    this.#addresses = addresses;
    this.#stages = stages;
  }

  /** @param node - id of a stage or step; undefined: the whole run */
  async open(
    ref: EnginePipelineRef,
    run: number,
    { start, node }: { start: number; node?: string },
    options: EngineCallOptions = {},
  ): Promise<EngineLog> {
    const base = this.#addresses.run(ref, run);
    const what = `the log of ${runWords(ref, run)}`;
    if (node === undefined) {
      const log = await this.#progressive(base, what, start, options);
      const isUnwritten = log.more && log.sizeBytes === 0;
      // Jenkins says so too when the file is gone, and would be asked again for ever
      return isUnwritten
        ? { ...log, more: await this.#isBuilding(base, what, options) }
        : log;
    }
    const steps = await this.#stages.steps(ref, run, node, options);
    if (steps.length > 0) {
      return this.#stageLog({ base, what, steps }, start, options);
    }
    try {
      return await this.#stepLog(base, what, node, start, options);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const more = await this.#isBuilding(base, what, options);
      return { stream: Readable.from([]), more };
    }
  }

  #stepLog(
    base: OutboundPath,
    what: string,
    step: string,
    start: number,
    options: EngineCallOptions,
  ): Promise<EngineLog> {
    const log = path`${base}/execution/node/${step}/log`;
    return this.#progressive(log, what, start, options);
  }

  /** Jenkins starts anew when asked for more than there is: that is no log from there on, but none. */
  async #progressive(
    base: OutboundPath,
    what: string,
    start: number,
    options: EngineCallOptions,
  ): Promise<EngineLog> {
    const { headers, stream } = await this.#client.open({
      path: path`${base}/logText/progressiveText`,
      query: { start },
      what,
      ...options,
    });
    // every log comes with it; what comes without is some other page
    const sizeText = headers['x-text-size'];
    if (sizeText === undefined || !/^\d+$/.test(sizeText)) {
      stream.destroy();
      throw new UpstreamError(
        `${this.#client.system} answered with a page that is no log when asked for ${what}. Check that its address is right and that no sign-in page stands in front of it`,
        { reason: 'unreadable' },
      );
    }
    const size = Number(sizeText);
    const more = headers['x-more-data'] === 'true';
    if (size < start) {
      stream.destroy();
      return { stream: Readable.from([]), sizeBytes: size, more };
    }
    return { stream: withLineEnds(stream), sizeBytes: size, more };
  }

  /** The logs of a stage's own steps, one after the other; offsets count the bytes that are delivered. */
  #stageLog(
    stage: { base: OutboundPath; what: string; steps: readonly JenkinsStep[] },
    start: number,
    options: EngineCallOptions,
  ): EngineLog {
    const { base, what, steps } = stage;
    const more = steps.some(
      ({ state }) => state === 'running' || state === 'waiting',
    );
    const openStep = (id: string) => this.#stepLog(base, what, id, 0, options);
    async function* all(): AsyncGenerator<Buffer> {
      for (const { id, hasLog } of steps) {
        if (hasLog) {
          try {
            yield* (await openStep(id)).stream;
          } catch (error) {
            if (!(error instanceof NotFoundError)) throw error;
          }
        }
      }
    }
    return { stream: Readable.from(skipping(all(), start)), more };
  }

  async #isBuilding(
    base: OutboundPath,
    what: string,
    options: EngineCallOptions,
  ): Promise<boolean> {
    const { building } = await this.#client.json(buildingSchema, {
      path: path`${base}/api/json`,
      query: { tree: 'building' },
      what,
      ...options,
    });
    return building;
  }
}
