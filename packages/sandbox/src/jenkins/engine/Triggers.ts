import type { Credential } from '../execution/types';
import type { Build } from '../model/Build';
import { Cause, scmCause, timerCause, upstreamCause } from '../model/causes';
import type { Job } from '../model/Item';
import type { ItemStore } from '../model/ItemStore';
import { GitError, resolveBranch } from './gitClient';
import { isDue } from './schedule';

export interface TriggerHost {
  readonly items: ItemStore;
  /** Puts a run with default parameters into the queue, with the job's quiet period. */
  trigger(job: Job, cause: Cause): void;
  isQueued(job: Job): boolean;
  credentialOf(job: Job, id: string): Credential | undefined;
}

/** Results from best to worst; an upstream trigger fires at its threshold or better. */
const ORDER = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'];

/** Repository addresses are the same when they differ in the last slash or `.git`, as `GitStatus` compares loosely. */
function sameRepository(a: string, b: string): boolean {
  const plain = (url: string) =>
    url
      .trim()
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .replace(/^(\w+:\/\/)[^@/]*@/, '$1')
      .toLowerCase();
  return plain(a) === plain(b);
}

/** Timer, SCM polling, push notifications and upstream jobs. */
export class Triggers {
  private timer?: NodeJS.Timeout;
  private readonly baselines = new Map<Job, Map<string, string>>();

  private readonly host: TriggerHost;

  constructor(host: TriggerHost) {
    this.host = host;
  }

  /** Looks at every full minute which jobs are due. */
  start(): void {
    const wait = 60_000 - (Date.now() % 60_000);
    this.timer = setTimeout(() => {
      void this.tick(new Date());
      this.start();
    }, wait);
    this.timer.unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** Starts what is due in the minute of `now`. */
  async tick(now: Date): Promise<void> {
    const polls: Promise<unknown>[] = [];
    for (const job of this.host.items.root.jobs()) {
      const { timer, scm } = job.config.triggers;
      if (!job.buildable) continue;
      if (timer && isDue(timer, job.fullName, now))
        this.host.trigger(job, timerCause);
      if (scm && isDue(scm.spec, job.fullName, now)) polls.push(this.poll(job));
    }
    await Promise.all(polls);
  }

  /**
   * A repository changed: polls the jobs that use it and have an SCM trigger (an empty schedule is enough) that does
   * not ignore such hooks. Gives the jobs that were polled.
   */
  async notifyCommit(url: string): Promise<Job[]> {
    const jobs: Job[] = [];
    for (const job of this.host.items.root.jobs()) {
      const { scm } = job.config.triggers;
      if (!scm || scm.ignorePostCommitHooks || !job.buildable) continue;
      if (repositoriesOf(job).some(used => sameRepository(used.url, url))) {
        jobs.push(job);
      }
    }
    await Promise.all(jobs.map(job => this.poll(job)));
    return jobs;
  }

  /** Starts the jobs that wait for this run's job. */
  completed(build: Build): void {
    const { result } = build.record;
    for (const job of this.host.items.root.jobs()) {
      const { upstream } = job.config.triggers;
      const follows =
        upstream?.projects.some(name => this.named(name, job) === build.job) &&
        job.buildable;
      if (
        upstream &&
        follows &&
        result !== null &&
        ORDER.indexOf(result) <= ORDER.indexOf(upstream.threshold)
      ) {
        this.host.trigger(
          job,
          upstreamCause(build.job.fullName, build.job.url, build.number),
        );
      }
    }
  }

  private named(name: string, from: Job) {
    const { items } = this.host;
    return (
      items.byFullName(`${from.parent.fullName}/${name}`) ??
      items.byFullName(name)
    );
  }

  /** As `WorkflowJob.poll`: a job without a run is built; else the newest commits are compared. */
  private async poll(job: Job): Promise<void> {
    const { last } = job.builds;
    if (!last) {
      if (!this.host.isQueued(job)) this.host.trigger(job, scmCause);
      return;
    }
    for (const { url, branch, credentialsId, commit } of repositoriesOf(job)) {
      const credential =
        credentialsId === undefined
          ? undefined
          : this.host.credentialOf(job, credentialsId);
      try {
        const now = await resolveBranch({ url, branch }, credential);
        const seen = [this.baselines.get(job)?.get(url), commit];
        if (now && !seen.includes(now.commit)) {
          const known = this.baselines.get(job) ?? new Map<string, string>();
          this.baselines.set(job, known.set(url, now.commit));
          this.host.trigger(job, scmCause);
          return;
        }
      } catch (error) {
        // A repository that cannot be reached is "no change", as with Jenkins.
        if (!(error instanceof GitError)) throw error;
      }
    }
  }
}

/** The repositories of a job: of its definition, else of its last run that checked something out. */
function repositoriesOf(job: Job): {
  url: string;
  branch: string;
  credentialsId?: string;
  commit?: string;
}[] {
  const { definition } = job.config;
  const done = job.builds.find(build => build.record.checkouts.length > 0);
  const checkouts = done?.record.checkouts ?? [];
  if (definition.kind !== 'scm') return checkouts;
  const commit = checkouts.find(({ url }) => url === definition.url)?.commit;
  const { url, branch, credentialsId } = definition;
  return [{ url, branch, credentialsId, commit }];
}
