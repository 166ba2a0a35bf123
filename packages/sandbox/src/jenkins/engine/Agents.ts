import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Build } from '../model/Build';
import { toDirectoryName } from '../model/files';
import { labelMatches } from './labels';

/** The one machine that the stand-in builds on. */
export interface AgentOptions {
  executors: number;
  labels: string[];
}

/** A `node` step that waits for an executor, or has one. */
export interface AgentTask {
  /** id of the queue item while it waits */
  queueId: number;
  build: Build;
  label: string | undefined;
  since: number;
  why: string | null;
  executor?: number;
}

export interface AcquiredAgent {
  name: string;
  labels: string[];
  workspace: string;
  release(): void;
}

interface Waiter {
  task: AgentTask;
  grant(executor: number): void;
}

/** Executors of the built-in node, and the `node` steps that wait for them in order. */
export class Agents {
  readonly name = 'built-in';
  private readonly busy = new Map<number, AgentTask>();
  private readonly waiters: Waiter[] = [];
  private readonly workspacesInUse = new Set<string>();

  readonly options: AgentOptions;
  private readonly workspaces: string;
  private readonly takeQueueId: () => number;

  constructor(
    options: AgentOptions,
    workspaces: string,
    takeQueueId: () => number,
  ) {
    this.options = options;
    this.workspaces = workspaces;
    this.takeQueueId = takeQueueId;
  }

  get labels(): string[] {
    return [this.name, ...this.options.labels];
  }

  get waiting(): AgentTask[] {
    return this.waiters.map(waiter => waiter.task);
  }

  /** What runs on each executor, by its number. */
  get executors(): (AgentTask | undefined)[] {
    return Array.from({ length: this.options.executors }, (_, number) =>
      this.busy.get(number),
    );
  }

  /** Waits for an executor; rejects when the signal is aborted. */
  async acquire(
    build: Build,
    label: string | undefined,
    signal: AbortSignal,
  ): Promise<AcquiredAgent> {
    signal.throwIfAborted();
    const fits = !label?.trim() || labelMatches(label, this.labels);
    const task: AgentTask = {
      queueId: this.takeQueueId(),
      build,
      label: label?.trim() || undefined,
      since: Date.now(),
      why: fits
        ? 'Waiting for next available executor'
        : `There are no nodes with the label ‘${label}’`,
    };
    const executor = await this.wait(task, signal);
    const workspace = this.takeWorkspace(build);
    return {
      name: this.name,
      labels: this.labels,
      workspace,
      release: () => {
        this.busy.delete(executor);
        this.workspacesInUse.delete(workspace);
        this.maintain();
      },
    };
  }

  private wait(task: AgentTask, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { task, grant: resolve };
      const leave = () => {
        const at = this.waiters.indexOf(waiter);
        if (at >= 0) this.waiters.splice(at, 1);
        reject(signal.reason);
      };
      waiter.grant = executor => {
        signal.removeEventListener('abort', leave);
        resolve(executor);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiters.push(waiter);
      this.maintain();
    });
  }

  private maintain(): void {
    for (let i = 0; i < this.waiters.length;) {
      const { task, grant } = this.waiters[i];
      const free = this.executors.findIndex(busy => !busy);
      const fits = !task.label || labelMatches(task.label, this.labels);
      if (free < 0) return;
      if (fits) {
        this.waiters.splice(i, 1);
        task.executor = free;
        task.why = null;
        this.busy.set(free, task);
        grant(free);
      } else {
        i++;
      }
    }
  }

  /** `workspace/F/P`, and `P@2` while another run of the job is in it. */
  private takeWorkspace(build: Build): string {
    const parts = build.job.fullName.split('/').map(toDirectoryName);
    const base = path.join(this.workspaces, ...parts);
    let workspace = base;
    for (let n = 2; this.workspacesInUse.has(workspace); n++) {
      workspace = `${base}@${n}`;
    }
    this.workspacesInUse.add(workspace);
    fs.mkdirSync(workspace, { recursive: true });
    return workspace;
  }
}
