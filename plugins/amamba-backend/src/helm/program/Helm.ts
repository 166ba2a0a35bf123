import { ServiceUnavailableError, toError } from '@backstage/errors';
import { z } from 'zod';
import type { OwnedNamespace } from '../../namespaces';
import {
  changeArguments,
  dryRunArguments,
  rollbackArguments,
  uninstallArguments,
  type Change,
} from './arguments';
import { failuresOf, HelmError } from './failures';
import type { HelmAccount } from './HelmAccount';
import type { HelmProgram } from './HelmProgram';
import { stepIn, type Hooks } from './progress';
import { withWorkplace } from './Workplace';

const DRY_RUN_MS = 60_000;
/** Helm ends by itself at its timeout, one for each thing that it waits for. */
const MARGIN_MS = 60_000;

const renderedSchema = z.object({
  manifest: z.string().nullish(),
  hooks: z
    .array(
      z.object({
        name: z.string(),
        kind: z.string(),
        manifest: z.string().nullish(),
        events: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
  info: z.object({ notes: z.string().nullish() }).nullish(),
});

/** What a chart is rendered to. */
export type RenderedRelease = z.output<typeof renderedSchema>;

/** A chart with the user's values, and what is to be done with both. */
export interface ChartChange {
  change: Change;
  archive: Buffer;
  values: string;
}

interface Watching {
  onStep(text: string): void;
  hooks?: Hooks;
}

/** Has the helm program work in a namespace, as the account that can work there only. */
export class Helm {
  readonly #program: HelmProgram;
  readonly #account: HelmAccount;

  constructor(options: { program: HelmProgram; account: HelmAccount }) {
    this.#program = options.program;
    this.#account = options.account;
  }

  /** Why releases of a namespace can only be read; undefined when they can be changed. */
  async readOnly(namespace: OwnedNamespace): Promise<string | undefined> {
    const state = await this.#program.state();
    if ('problem' in state) return state.problem;
    try {
      await namespace.apiServer();
      return (await this.#account.isAllowed(namespace))
        ? undefined
        : `The portal's account may not make tokens in ${namespace.name} on ${namespace.cluster} (create serviceaccounts/token).`;
    } catch (error) {
      return toError(error).message;
    }
  }

  /** Renders as installing or upgrading would. @throws HelmError */
  async render(
    namespace: OwnedNamespace,
    { change, archive, values }: ChartChange,
  ): Promise<RenderedRelease> {
    const { stdout } = await this.#run(namespace, {
      words: major => dryRunArguments(change, major),
      contents: { chart: archive, values },
      ...{ seconds: 0, timeoutMs: DRY_RUN_MS, canBeEnded: true },
    });
    return renderedSchema.parse(JSON.parse(stdout));
  }

  /** Installs or upgrades. @throws HelmError */
  async change(
    namespace: OwnedNamespace,
    { change, archive, values }: ChartChange,
    watching: Watching,
  ): Promise<void> {
    await this.#run(namespace, {
      words: major => changeArguments(change, major),
      contents: { chart: archive, values },
      seconds: change.timeoutSeconds,
      timeoutMs: 3 * change.timeoutSeconds * 1000 + MARGIN_MS,
      ...{ canBeEnded: true, watching },
    });
  }

  /** Goes back to a revision. @throws HelmError */
  async rollback(
    namespace: OwnedNamespace,
    options: Parameters<typeof rollbackArguments>[0],
    watching: Watching,
  ): Promise<void> {
    await this.#run(namespace, {
      words: major => rollbackArguments(options, major),
      seconds: options.timeoutSeconds,
      timeoutMs: 3 * options.timeoutSeconds * 1000 + MARGIN_MS,
      ...{ canBeEnded: false, watching },
    });
  }

  /** Uninstalls; also what was begun and never ended. @throws HelmError */
  async uninstall(
    namespace: OwnedNamespace,
    options: Parameters<typeof uninstallArguments>[0],
    watching: Watching,
  ): Promise<void> {
    await this.#run(namespace, {
      words: () => uninstallArguments(options),
      seconds: options.timeoutSeconds,
      timeoutMs: 3 * options.timeoutSeconds * 1000 + MARGIN_MS,
      ...{ canBeEnded: false, watching },
    });
  }

  async #run(
    namespace: OwnedNamespace,
    options: {
      words: (major: number) => string[];
      contents?: { chart: Buffer; values: string };
      seconds: number;
      timeoutMs: number;
      canBeEnded: boolean;
      watching?: Watching;
    },
  ) {
    const state = await this.#program.state();
    if ('problem' in state) throw new ServiceUnavailableError(state.problem);
    const [apiServer, token] = await Promise.all([
      namespace.apiServer(),
      this.#account.token(namespace, options.seconds),
    ]);
    const { watching, timeoutMs, canBeEnded } = options;
    const result = await withWorkplace(
      { namespace: namespace.name, apiServer, token, ...options.contents },
      place =>
        this.#program.run(state.path, options.words(state.major), {
          ...{ place, timeoutMs, canBeEnded },
          onLine: line => {
            const step = watching && stepIn(line, watching.hooks ?? new Map());
            if (step) watching.onStep(step);
          },
        }),
    );
    if (result.code === 0) return result;
    throw new HelmError(failuresOf(result));
  }
}
