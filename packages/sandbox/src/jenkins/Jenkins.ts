import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BeanContext } from './beans/jobBeans';
import { SecretBox } from './config/SecretBox';
import { AgentOptions, Agents } from './engine/Agents';
import { resolveCredential } from './engine/credentials';
import { discardOld } from './engine/discarder';
import {
  bindParameters,
  openParameters,
  sealParameters,
} from './engine/parameters';
import { endLostRuns } from './engine/lostRuns';
import { Queue, SavedQueueItem, ScheduleRequest } from './engine/Queue';
import { Runner } from './engine/Runner';
import { Triggers } from './engine/Triggers';
import { EventDispatcher, EventOptions } from './events/EventDispatcher';
import type { BuildParameter, StartPipeline } from './execution/types';
import type { Build } from './model/Build';
import type { Cause } from './model/causes';
import { readJsonFile, writeFileAtomic } from './model/files';
import type { Item, Job } from './model/Item';
import { ItemStore } from './model/ItemStore';

export interface JenkinsOptions {
  /** everything that outlives the process stands below this directory */
  stateDirectory: string;
  /** address under which clients reach it, with a trailing slash */
  rootUrl: string;
  startPipeline: StartPipeline;
  /** Jenkins' own default is 5 */
  quietPeriodSeconds?: number;
  agents?: Partial<AgentOptions>;
  events?: EventOptions;
}

interface SavedQueue {
  nextId: number;
  items: SavedQueueItem[];
}

/** Labels that Amamba's agents have, so that a Jenkinsfile written for them runs here. */
const LABELS = [
  'base',
  'maven',
  'mavenjdk11',
  'go',
  'go16',
  'node.js',
  'nodejs',
  'python',
  'linux',
];

/** How long the runs of a deleted item may take to end before they are killed. */
const DELETE_WAIT_MS = 15_000;

/** The stand-in without its HTTP: items, queue, runs, triggers and events over one state directory. */
export class Jenkins {
  readonly items: ItemStore;
  readonly queue: Queue;
  readonly agents: Agents;
  readonly runner: Runner;
  readonly triggers: Triggers;
  readonly events: EventDispatcher;
  readonly secrets: SecretBox;
  readonly rootUrl: string;
  private closed = false;

  readonly options: JenkinsOptions;

  constructor(options: JenkinsOptions) {
    this.options = options;
    const { stateDirectory } = options;
    this.rootUrl = options.rootUrl;
    fs.mkdirSync(stateDirectory, { recursive: true });
    this.secrets = new SecretBox(
      this.secretFile('master.key', SecretBox.newKey),
    );
    const saved = readJsonFile<SavedQueue>(this.path('queue.json'));
    this.items = new ItemStore(stateDirectory, this.secrets, {
      created: item => this.events.item('item.created', item),
      updated: item => {
        if (item.kind === 'job' && item.config.disabled) {
          this.queue.cancelJob(item);
        }
        this.events.item('item.updated', item);
      },
      deleted: item => this.events.item('item.deleted', item),
      moved: (item, before) =>
        this.events.item('item.locationChanged', item, before),
    });
    this.queue = new Queue(
      {
        start: item => this.runner.start(item),
        persist: (nextId, items) => this.saveQueue(nextId, items),
      },
      saved?.nextId ?? 1,
    );
    this.agents = new Agents(
      { executors: 4, labels: LABELS, ...options.agents },
      this.path('workspace'),
      () => this.queue.takeId(),
    );
    this.events = new EventDispatcher(
      options.events ?? {},
      this.beanContext(() => true),
      this.rootUrl,
    );
    this.triggers = new Triggers({
      items: this.items,
      trigger: (job, cause) => this.trigger(job, cause),
      isQueued: job => this.queue.ofJob(job) !== undefined,
      credentialOf: (job, id) =>
        resolveCredential(job.parent, id, this.secrets),
    });
    this.runner = this.createRunner();
    endLostRuns(this.items.root.jobs());
    this.restoreQueue(saved?.items ?? []);
    this.triggers.start();
  }

  /** A file of random bytes that is made when the state directory is new. */
  secretFile(name: string, make: () => Buffer = () => randomBytes(32)): Buffer {
    const file = this.path('secrets', name);
    if (!fs.existsSync(file)) writeFileAtomic(file, make());
    return fs.readFileSync(file);
  }

  /** What `git/notifyCommit` must bring along. */
  get notifyCommitToken(): string {
    return this.secretFile('notify-commit').toString('hex');
  }

  /** What a bean needs; `canRead` says what its reader may see. */
  beanContext(canRead: (item: Item) => boolean): BeanContext {
    return {
      toUrl: below => `${this.rootUrl}${below}`,
      queueItemOf: job => this.queue.ofJob(job),
      canRead,
    };
  }

  /** Milliseconds that a run of this job waits unless the caller says otherwise. */
  quietPeriodMs(job: Job): number {
    const seconds =
      job.config.quietPeriodSeconds ?? this.options.quietPeriodSeconds ?? 5;
    return seconds * 1000;
  }

  schedule(
    request: Omit<ScheduleRequest, 'quietPeriodMs'> & {
      quietPeriodMs?: number;
    },
  ) {
    return this.queue.schedule({
      ...request,
      quietPeriodMs: request.quietPeriodMs ?? this.quietPeriodMs(request.job),
    });
  }

  /** Puts a run with default parameters into the queue. */
  trigger(job: Job, cause: Cause, given = new Map<string, string>()) {
    const parameters = bindParameters(job.config.parameters, given);
    return this.schedule({ job, causes: [cause], parameters });
  }

  /** Removes an item: what waits is cancelled, what runs is aborted and waited for. */
  async deleteItem(item: Item): Promise<void> {
    const jobs = item.kind === 'job' ? [item] : [...item.jobs()];
    for (const job of jobs) {
      job.holdOff = true;
      this.queue.cancelJob(job);
    }
    const running = this.runner.running.filter(build =>
      jobs.includes(build.job),
    );
    for (const build of running)
      this.runner.interrupt(build, 'stop', 'deletion');
    const ended = Promise.all(running.map(build => this.runner.ended(build)));
    const late = new Promise<'late'>(resolve => {
      setTimeout(resolve, DELETE_WAIT_MS, 'late').unref();
    });
    if ((await Promise.race([ended, late])) === 'late') {
      for (const build of running)
        this.runner.interrupt(build, 'kill', 'deletion');
      await ended;
    }
    this.items.delete(item);
  }

  deleteBuild(build: Build): void {
    // The event shows the run as it was.
    this.events.run('run.deleted', build);
    build.job.builds.delete(build);
  }

  /** Stops everything. Runs that go on are killed; the next start finds them unfinished. */
  async close(): Promise<void> {
    this.closed = true;
    this.triggers.stop();
    this.queue.stop();
    for (const build of this.runner.running) {
      this.runner.interrupt(build, 'kill', 'shutdown');
    }
    await this.runner.idle();
    this.events.stop();
  }

  private path(...parts: string[]): string {
    return path.join(this.options.stateDirectory, ...parts);
  }

  private createRunner(): Runner {
    const { agents, items, secrets, rootUrl } = this;
    return new Runner({
      agents,
      items,
      secrets,
      rootUrl,
      startPipeline: this.options.startPipeline,
      cacheDirectory: this.path('caches'),
      tempDirectory: this.path('tmp'),
      discardOld: job => discardOld(job, build => this.deleteBuild(build)),
      runOther: (job, cause, parameters, wait) =>
        this.runOther(job, cause, parameters, wait),
      listener: {
        initialized: build => this.events.run('run.initialize', build),
        started: build => this.events.run('run.started', build),
        completed: build => this.events.run('run.completed', build),
        finalized: build => {
          this.events.run('run.finalized', build);
          if (this.closed) return;
          this.triggers.completed(build);
          this.queue.maintain();
        },
      },
    });
  }

  /** The `build` step: settles when the other run has started or, with `wait`, has ended. */
  private async runOther(
    job: Job,
    cause: Cause,
    parameters: BuildParameter[],
    wait: boolean,
  ) {
    const { item } = this.schedule({ job, causes: [cause], parameters });
    while (!item.build && !item.cancelled) {
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
    if (!item.build)
      throw new Error(`${job.fullName} was cancelled in the queue`);
    if (wait) await this.runner.ended(item.build);
    return { number: item.build.number, result: item.build.record.result };
  }

  private saveQueue(nextId: number, items: SavedQueueItem[]): void {
    if (this.closed) return;
    const saved: SavedQueue = {
      nextId,
      items: items.map(item => ({
        ...item,
        parameters: sealParameters(item.parameters, this.secrets),
      })),
    };
    writeFileAtomic(this.path('queue.json'), JSON.stringify(saved));
  }

  private restoreQueue(saved: SavedQueueItem[]): void {
    for (const item of saved) {
      const job = this.items.byFullName(item.job);
      if (job?.kind === 'job') {
        const parameters = openParameters(item.parameters, this.secrets);
        this.queue.restore({ ...item, parameters }, job);
      }
    }
  }
}
