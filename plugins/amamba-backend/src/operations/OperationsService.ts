import type { Operation } from '@amamba/backstage-plugin-amamba-common';
import type {
  BackstageCredentials,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { NotFoundError, toError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import type { LiveService } from '../live';
import type { WorkspaceRecord, WorkspacesService } from '../workspaces';
import type { OperationsStore } from './OperationsStore';

const BEAT_MS = 10_000;
/** An operation gives a sign of life every {@link BEAT_MS}; after this long its backend is dead. */
const SILENT_MS = 60_000;
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_STEPS = 200;

/** Tells what an operation is doing. */
export interface Progress {
  /** The step before is done, and this one has begun. */
  step(text: string): void;
  /** The step that is running failed, and what follows mends it. */
  failed(): void;
}

/** What is to be done, and what may not be done to the same thing meanwhile. */
export interface OperationPlan {
  workspace: WorkspaceRecord;
  /** `helm.upgrade` … */
  kind: string;
  /** `prod/shop` */
  object: string;
  /** what no two operations may hold at once: `cluster/namespace/helm/shop` */
  lock: string;
  actor: string;
}

/** An error that knows what helps. */
interface Helpful {
  remedy?: string;
}

/** Does what takes longer than a request, and remembers how it went: the caller asks how it is getting on. */
export class OperationsService {
  readonly #store: OperationsStore;
  readonly #workspaces: WorkspacesService;
  readonly #live: Pick<LiveService, 'changed'>;
  readonly #logger: LoggerService;
  readonly #running = new Set<Promise<void>>();

  constructor(options: {
    store: OperationsStore;
    workspaces: WorkspacesService;
    live: Pick<LiveService, 'changed'>;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#workspaces = options.workspaces;
    this.#live = options.live;
    this.#logger = options.logger;
  }

  /**
   * Begins an operation and answers at once.
   * @param work - does it; what it throws is why it failed
   * @returns the operation, and what comes when it has ended (never rejects)
   * @throws ConflictError when another operation holds the lock
   */
  async begin(
    plan: OperationPlan,
    work: (progress: Progress) => Promise<void>,
  ): Promise<{ operation: Operation; ended: Promise<void> }> {
    const operation: Operation = {
      id: randomUUID(),
      kind: plan.kind,
      object: plan.object,
      state: 'running',
      steps: [],
      startedAt: new Date().toISOString(),
      startedBy: plan.actor,
    };
    await this.#store.begin(operation, plan.workspace.ref, plan.lock);
    const ended = this.#carryOut(operation, plan, work);
    this.#running.add(ended);
    void ended.finally(() => this.#running.delete(ended));
    return { operation, ended };
  }

  /** Whether an operation holds the lock now. */
  isRunning(lock: string): Promise<boolean> {
    return this.#store.isHeld(lock);
  }

  /** @throws NotFoundError */
  async get(
    names: { workspace: string; operation: string },
    options: { credentials: BackstageCredentials },
  ): Promise<Operation> {
    const workspace = await this.#workspaces.get(names.workspace, options);
    const found = await this.#store.find(workspace.ref, names.operation);
    if (found) return found;
    throw new NotFoundError(
      `${workspace.name} has no operation ${names.operation}.`,
    );
  }

  /** Has the scheduler look for operations whose backend died. */
  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'amamba-operations-abandoned',
      frequency: { seconds: 30 },
      timeout: { minutes: 1 },
      scope: 'global',
      fn: () => this.round(),
    });
  }

  /** Ends abandoned operations and forgets old ones. */
  async round(): Promise<void> {
    await this.#store.abandon(SILENT_MS, {
      state: 'failed',
      problem: 'The portal was restarted while this was being done.',
      remedy: 'Look at what is there now, and do it again if it is needed.',
    });
    await this.#store.forget(new Date(Date.now() - KEEP_MS));
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #carryOut(
    { id }: Operation,
    { workspace }: OperationPlan,
    work: (progress: Progress) => Promise<void>,
  ): Promise<void> {
    const steps: Operation['steps'] = [];
    let writing: Promise<void> = Promise.resolve();
    const write = () => {
      writing = writing
        .then(() => this.#store.note(id, steps))
        .catch(error =>
          this.#logger.warn('Progress could not be noted', toError(error)),
        );
      this.#changed(workspace, id);
    };
    const close = (state: 'done' | 'failed') => {
      const last = steps[steps.length - 1];
      if (last?.state === 'running') last.state = state;
    };
    const beat = setInterval(write, BEAT_MS);
    try {
      await work({
        step: text => {
          if (steps.length >= MAX_STEPS) return;
          close('done');
          steps.push({ text, state: 'running', at: new Date().toISOString() });
          write();
        },
        failed: () => close('failed'),
      });
      close('done');
      await this.#end(id, steps, { state: 'done' }, writing);
    } catch (cause) {
      const error = toError(cause);
      close('failed');
      await this.#end(
        id,
        steps,
        {
          state: 'failed',
          problem: error.message,
          remedy: (error as Helpful).remedy,
        },
        writing,
      );
    } finally {
      clearInterval(beat);
      this.#changed(workspace, id);
    }
  }

  async #end(
    id: string,
    steps: Operation['steps'],
    end: Parameters<OperationsStore['end']>[1],
    writing: Promise<void>,
  ): Promise<void> {
    try {
      await writing;
      await this.#store.note(id, steps);
      await this.#store.end(id, end);
    } catch (error) {
      // Left without a sign of life, it is ended by the round.
      this.#logger.warn(
        'The end of an operation was not noted',
        toError(error),
      );
    }
  }

  #changed({ name }: WorkspaceRecord, operation: string): void {
    this.#live.changed({ type: 'operation', workspace: name, operation });
  }
}
