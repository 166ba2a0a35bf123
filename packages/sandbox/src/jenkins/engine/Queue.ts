import type { BuildParameter, ScmBinding } from '../execution/types';
import type { Build } from '../model/Build';
import type { Cause } from '../model/causes';
import type { Job } from '../model/Item';

/** How long an item that left the queue can still be asked for; Jenkins keeps it five minutes. */
const LEFT_ITEM_MS = 5 * 60_000;

/** What a run is to do differently from an ordinary one. */
export interface RunVariant {
  /** replay: this script instead of the job's */
  script?: string;
  /** replay and restart: the revision that the original run checked out */
  scm?: ScmBinding;
  restart?: { stage: string; original: number };
}

export interface QueueItem {
  id: number;
  job: Job;
  causes: Cause[];
  parameters: BuildParameter[];
  variant: RunVariant;
  /** epoch milliseconds */
  inQueueSince: number;
  /** end of the quiet period, epoch milliseconds */
  dueAt: number;
  state: 'waiting' | 'blocked' | 'buildable' | 'left';
  buildableSince?: number;
  why: string | null;
  cancelled: boolean;
  build?: Build;
  leftAt?: number;
}

/** What is written to disk, so that a restart finds its queue again. */
export interface SavedQueueItem {
  id: number;
  job: string;
  causes: Cause[];
  parameters: BuildParameter[];
  variant: RunVariant;
  inQueueSince: number;
  dueAt: number;
}

export interface QueueHost {
  /** Starts the run of an item that leaves the queue. */
  start(item: QueueItem): Build;
  /** Writes the queue and the next id. */
  persist(nextId: number, items: SavedQueueItem[]): void;
}

export interface ScheduleRequest {
  job: Job;
  causes: Cause[];
  parameters: BuildParameter[];
  variant?: RunVariant;
  /** milliseconds until the item may leave */
  quietPeriodMs: number;
}

function sameParameters(a: BuildParameter[], b: BuildParameter[]): boolean {
  const key = (list: BuildParameter[]) =>
    JSON.stringify(list.map(({ name, value }) => [name, value]).sort());
  return key(a) === key(b);
}

/** The build queue: quiet period, merging of like requests, blocking, cancelling. */
export class Queue {
  private readonly waiting = new Map<number, QueueItem>();
  private readonly left = new Map<number, QueueItem>();
  private timer?: NodeJS.Timeout;
  private stopped = false;
  /** no new runs start while Jenkins is about to shut down */
  quietingDown = false;

  private readonly host: QueueHost;
  nextId: number;

  constructor(host: QueueHost, nextId: number) {
    this.host = host;
    this.nextId = nextId;
  }

  /** Items that have not left, newest first as Jenkins lists them. */
  get items(): QueueItem[] {
    return [...this.waiting.values()].reverse();
  }

  /** An item by id, also one that left in the last five minutes. */
  get(id: number): QueueItem | undefined {
    this.forgetOld();
    return this.waiting.get(id) ?? this.left.get(id);
  }

  ofJob(job: Job): QueueItem | undefined {
    return this.items.find(item => item.job === job);
  }

  takeId(): number {
    const id = this.nextId++;
    this.persist();
    return id;
  }

  /**
   * Puts a run into the queue. A request for the same job with the same parameters that still waits is the same item;
   * an earlier due time wins then.
   */
  schedule(request: ScheduleRequest): { item: QueueItem; merged: boolean } {
    const { job, causes, parameters, variant = {} } = request;
    const now = Date.now();
    const dueAt = now + request.quietPeriodMs;
    const twin = Object.keys(variant).length
      ? undefined
      : this.items.find(
          item =>
            item.job === job &&
            !Object.keys(item.variant).length &&
            sameParameters(item.parameters, parameters),
        );
    if (twin) {
      for (const cause of causes) {
        const known = twin.causes.some(
          other => JSON.stringify(other) === JSON.stringify(cause),
        );
        if (!known) twin.causes.push(cause);
      }
      twin.dueAt = Math.min(twin.dueAt, dueAt);
      this.changed();
      return { item: twin, merged: true };
    }
    const item: QueueItem = {
      id: this.nextId++,
      job,
      causes,
      parameters,
      variant,
      inQueueSince: now,
      dueAt,
      state: 'waiting',
      why: null,
      cancelled: false,
    };
    this.waiting.set(item.id, item);
    this.changed();
    return { item, merged: false };
  }

  /** Takes up an item that was saved before a restart. */
  restore(saved: SavedQueueItem, job: Job): void {
    this.waiting.set(saved.id, {
      ...saved,
      job,
      state: 'waiting',
      why: null,
      cancelled: false,
    });
    this.changed();
  }

  /** False when there is no such item in the queue. */
  cancel(id: number): boolean {
    const item = this.waiting.get(id);
    if (!item) return false;
    item.cancelled = true;
    this.leave(item);
    this.changed();
    return true;
  }

  cancelJob(job: Job): void {
    for (const item of this.items) if (item.job === job) this.cancel(item.id);
  }

  /** Looks which items can move on; called on every change and when a quiet period ends. */
  maintain(): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    const now = Date.now();
    let next = Infinity;
    for (const item of [...this.waiting.values()]) {
      if (item.dueAt > now) {
        item.state = 'waiting';
        next = Math.min(next, item.dueAt);
      } else {
        this.advance(item, now);
      }
    }
    if (next < Infinity) {
      this.timer = setTimeout(() => this.maintain(), Math.max(1, next - now));
      this.timer.unref();
    }
  }

  /** Stops moving items; what waits was persisted. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private advance(item: QueueItem, now: number): void {
    const blocker = this.blockerOf(item);
    if (blocker) {
      item.state = 'blocked';
      item.why = blocker;
      return;
    }
    if (item.state !== 'buildable') item.buildableSince = now;
    item.state = 'buildable';
    if (this.quietingDown) {
      item.why = 'Jenkins is about to shut down';
      return;
    }
    item.build = this.host.start(item);
    this.leave(item);
    this.persist();
  }

  private blockerOf(item: QueueItem): string | null {
    const rule = item.job.config.disableConcurrentBuilds;
    const [running] = item.job.builds.running;
    // With abortPrevious the new run starts at once and takes the old one's place.
    if (!rule || rule.abortPrevious || !running) return null;
    return `Build #${running.number} is already in progress (ETA: N/A)`;
  }

  private leave(item: QueueItem): void {
    this.waiting.delete(item.id);
    item.state = 'left';
    item.why = null;
    item.leftAt = Date.now();
    this.left.set(item.id, item);
    this.forgetOld();
  }

  private forgetOld(): void {
    const limit = Date.now() - LEFT_ITEM_MS;
    for (const [id, item] of this.left) {
      if ((item.leftAt ?? 0) > limit) break;
      this.left.delete(id);
    }
  }

  private changed(): void {
    this.persist();
    // Not at once: a caller sees its item in the queue before it leaves, as with Jenkins' maintenance thread.
    setImmediate(() => this.maintain());
  }

  private persist(): void {
    const items = [...this.waiting.values()].map(item => ({
      id: item.id,
      job: item.job.fullName,
      causes: item.causes,
      parameters: item.parameters,
      variant: item.variant,
      inQueueSince: item.inQueueSince,
      dueAt: item.dueAt,
    }));
    this.host.persist(this.nextId, items);
  }
}
