import type {
  ReleaseDraft,
  ReleasePreview,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { OwnedNamespace } from '../../namespaces';
import type {
  OperationsService,
  PreparedWork,
  Progress,
} from '../../operations';
import type { FetchedChart } from '../charts/ChartShelf';
import { HelmError } from '../program/failures';
import type { ChartChange, Helm } from '../program/Helm';
import type { HelmRecord } from './decode';
import { isPossible, previewOf, type ReleasePlanner } from './ReleasePlanner';
import {
  deployedIn,
  isBusy,
  revisionIn,
  type ReleaseReader,
  type StoredRelease,
} from './ReleaseReader';
import type { ReleaseWatch } from './ReleaseWatch';
import { requireValues } from './values';

/** Seconds that going back and uninstalling may wait. */
const TIMEOUT_SECONDS = 300;

/** What of a draft says how, not where. */
export type ReleaseChange = Omit<
  ReleaseDraft,
  'cluster' | 'namespace' | 'name'
>;
/** A change of the release of a name. */
type NamedChange = ReleaseChange & { name: string };

/** What no two operations may do at once. */
export function lockOf(namespace: OwnedNamespace, name: string): string {
  return `${namespace.cluster}/${namespace.name}/helm/${name}`;
}

/**
 * Prepares what installs, upgrades, rolls back, uninstalls and unlocks releases: what can be checked is checked at once, the rest is
 * work for an operation. Knows no caller: who may what is decided before.
 */
export class ReleaseService {
  readonly #helm: Helm;
  readonly #reader: ReleaseReader;
  readonly #planner: ReleasePlanner;
  readonly #operations: Pick<OperationsService, 'isRunning'>;
  readonly #watch: ReleaseWatch;

  constructor(options: {
    helm: Helm;
    reader: ReleaseReader;
    planner: ReleasePlanner;
    operations: Pick<OperationsService, 'isRunning'>;
    watch: ReleaseWatch;
  }) {
    this.#helm = options.helm;
    this.#reader = options.reader;
    this.#planner = options.planner;
    this.#operations = options.operations;
    this.#watch = options.watch;
  }

  /** Whether a client died in the middle: the release says that something is under way, and the portal does nothing. */
  async isLocked(
    namespace: OwnedNamespace,
    release: StoredRelease,
  ): Promise<boolean> {
    return (
      isBusy(release) &&
      !(await this.#operations.isRunning(lockOf(namespace, release.name)))
    );
  }

  /** What installing or upgrading would change. Nothing is written. */
  async preview(
    namespace: OwnedNamespace,
    draft: NamedChange,
    chart: FetchedChart,
  ): Promise<ReleasePreview> {
    await this.#requireHelm(namespace);
    const { name } = draft;
    const current = await this.#current(namespace, name);
    const plan = await this.#planner.plan(
      namespace,
      changeOf(draft, chart, current ? 'upgrade' : 'install'),
      current,
    );
    return previewOf(plan, current);
  }

  /** @throws ConflictError when there is a release of that name */
  async install(
    namespace: OwnedNamespace,
    draft: NamedChange,
    chart: FetchedChart,
  ): Promise<PreparedWork> {
    await this.#requireHelm(namespace);
    requireValues(draft.values);
    const { name } = draft;
    if (await this.#current(namespace, name)) {
      throw new ConflictError(
        `There is a release "${name}" in ${namespace.cluster}/${namespace.name} already. Upgrade it, or take another name.`,
      );
    }
    const wanted = changeOf(draft, chart, 'install');
    return prepared('install', namespace, name, progress =>
      this.#change(namespace, wanted, undefined, progress),
    );
  }

  /** @throws ConflictError when there is another revision by now */
  async upgrade(
    namespace: OwnedNamespace,
    draft: NamedChange & { basis: number },
    chart: FetchedChart,
  ): Promise<PreparedWork> {
    await this.#requireHelm(namespace);
    requireValues(draft.values);
    const { name } = draft;
    const release = await this.#free(namespace, name, draft.basis);
    const wanted = changeOf(draft, chart, 'upgrade');
    return prepared('upgrade', namespace, name, progress =>
      this.#change(namespace, wanted, release.latest, progress),
    );
  }

  /** @throws NotFoundError for a revision that is not kept, ConflictError when there is another revision by now */
  async rollback(
    namespace: OwnedNamespace,
    name: string,
    {
      revision,
      basis,
      wait,
    }: { revision: number; basis: number; wait: boolean },
  ): Promise<PreparedWork> {
    await this.#requireHelm(namespace);
    const release = await this.#free(namespace, name, basis);
    revisionIn(release, revision);
    return prepared('rollback', namespace, name, progress =>
      this.#watching(namespace, name, progress, onStep =>
        this.#helm.rollback(
          namespace,
          { name, revision, wait, timeoutSeconds: TIMEOUT_SECONDS },
          { onStep },
        ),
      ),
    );
  }

  async uninstall(
    namespace: OwnedNamespace,
    name: string,
    options: {
      keepHistory: boolean;
      propagation: 'background' | 'foreground' | 'orphan';
    },
  ): Promise<PreparedWork> {
    await this.#requireHelm(namespace);
    await this.#reader.get(namespace, name);
    return prepared('uninstall', namespace, name, progress =>
      this.#helm.uninstall(
        namespace,
        { name, ...options, timeoutSeconds: TIMEOUT_SECONDS },
        { onStep: step => progress.step(step) },
      ),
    );
  }

  /**
   * Frees a release whose last operation died: goes back to the revision that is deployed, or removes what was never
   * deployed. What was being uninstalled is uninstalled to its end.
   * @throws ConflictError when there is nothing to free
   */
  async unlock(namespace: OwnedNamespace, name: string): Promise<PreparedWork> {
    await this.#requireHelm(namespace);
    const release = await this.#reader.get(namespace, name);
    if (!(await this.isLocked(namespace, release))) {
      throw new ConflictError(
        `Release "${name}" is not locked: its last operation ${
          isBusy(release) ? 'is still under way' : 'has ended'
        }.`,
      );
    }
    const deployed = deployedIn(release);
    const isGoing = release.latest.info.status === 'uninstalling';
    return prepared('unlock', namespace, name, async progress => {
      const onStep = (step: string) => progress.step(step);
      if (deployed && !isGoing) {
        progress.step(`Go back to revision ${deployed.version}`);
        await this.#helm.rollback(
          namespace,
          {
            ...{ name, revision: deployed.version, wait: false },
            timeoutSeconds: TIMEOUT_SECONDS,
          },
          { onStep },
        );
      } else {
        progress.step('Remove what was begun');
        await this.#helm.uninstall(
          namespace,
          {
            ...{ name, keepHistory: false, propagation: 'background' },
            timeoutSeconds: TIMEOUT_SECONDS,
          },
          { onStep },
        );
      }
    });
  }

  async #requireHelm(namespace: OwnedNamespace): Promise<void> {
    const why = await this.#helm.readOnly(namespace);
    if (why) {
      throw new ServiceUnavailableError(
        `Releases in ${namespace.cluster}/${namespace.name} can only be read. ${why}`,
      );
    }
  }

  /** The newest revision; undefined also when only the history of something uninstalled is left. */
  async #current(
    namespace: OwnedNamespace,
    name: string,
  ): Promise<HelmRecord | undefined> {
    const release = await this.#reader.find(namespace, name);
    return release && release.latest.info.status !== 'uninstalled'
      ? release.latest
      : undefined;
  }

  /** A release as it was looked at, that nobody works on. */
  async #free(
    namespace: OwnedNamespace,
    name: string,
    basis: number,
  ): Promise<StoredRelease> {
    const release = await this.#reader.getAt(namespace, name, basis);
    if (!isBusy(release)) return release;
    const isLocked = await this.isLocked(namespace, release);
    throw new ConflictError(
      isLocked
        ? `The last operation on release "${name}" died in the middle (${release.latest.info.status}). Unlock it first.`
        : `An operation on release "${name}" is under way. Wait until it has ended.`,
    );
  }

  /** Checks first, so that what the cluster refuses leaves nothing half-made; then does it. */
  async #change(
    namespace: OwnedNamespace,
    wanted: ChartChange,
    current: HelmRecord | undefined,
    progress: Progress,
  ): Promise<void> {
    progress.step('Check what will be made');
    const plan = await this.#planner.plan(namespace, wanted, current);
    if (!isPossible(plan)) {
      throw new HelmError(
        plan.problems
          .filter(({ kind }) => kind !== 'warning')
          .slice(0, 10)
          .map(({ message, remedy, kind }) => ({
            ...{ problem: message, remedy, kind },
          })),
      );
    }
    await this.#watching(namespace, wanted.change.name, progress, onStep =>
      this.#helm.change(namespace, wanted, { onStep, hooks: plan.hooks }),
    );
  }

  /** Has Helm work, and remembers what its pods complained of meanwhile: when Helm gives up, they are gone. */
  async #watching(
    namespace: OwnedNamespace,
    name: string,
    progress: Progress,
    work: (onStep: (step: string) => void) => Promise<void>,
  ): Promise<void> {
    const watch = this.#watch.begin(namespace, name);
    let last = '';
    try {
      await work(step => {
        if (step !== last) progress.step(step);
        last = step;
      });
    } catch (error) {
      const complaint = watch.worst();
      if (!(error instanceof HelmError) || !complaint) throw error;
      throw new HelmError([
        ...error.failures,
        { problem: complaint, kind: 'invalid' },
      ]);
    } finally {
      watch.end();
    }
  }
}

function prepared(
  act: string,
  namespace: OwnedNamespace,
  name: string,
  work: PreparedWork['work'],
): PreparedWork {
  return {
    kind: `helm.${act}`,
    object: `${namespace.cluster}/${namespace.name}/${name}`,
    lock: lockOf(namespace, name),
    work,
  };
}

function changeOf(
  draft: NamedChange,
  { archive }: FetchedChart,
  action: 'install' | 'upgrade',
): ChartChange {
  return { change: { ...draft, action }, archive, values: draft.values };
}
