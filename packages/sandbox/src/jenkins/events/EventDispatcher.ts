import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import { BeanContext, itemBean } from '../beans/jobBeans';
import { DepthPruner, exportValue } from '../beans/export';
import { runBean } from '../beans/runBeans';
import { FOLDER, WORKFLOW_JOB, WORKFLOW_RUN } from '../config/classNames';
import type { Build } from '../model/Build';
import type { Item } from '../model/Item';

export type RunEventType =
  | 'run.initialize'
  | 'run.started'
  | 'run.completed'
  | 'run.finalized'
  | 'run.deleted';
export type ItemEventType =
  'item.created' | 'item.updated' | 'item.deleted' | 'item.locationChanged';

/** The body that the generic-event plugin posts. */
export interface JenkinsEvent {
  data: Record<string, unknown>;
  dataType: string;
  id: string;
  source: string;
  /** `yyyy-MM-dd'T'HH:mm:ss.SSSZ`, the offset without a colon */
  time: string;
  type: RunEventType | ItemEventType;
  url: string;
  metaData?: {
    oldName: string;
    newName: string;
    oldUrl: string;
    newUrl: string;
  };
}

/** What becomes of an event on its way; the fault injector answers. */
export interface EventFate {
  /** how often it is sent: 0 loses it, 2 doubles it */
  copies: number;
  /** milliseconds it is held back, so that later ones overtake it */
  delayMs: number;
}

export interface EventOptions {
  /** where to post; nothing is sent without it */
  receiver?: string;
  /** sent as `Authorization: Bearer`, as a proxy beside a real Jenkins does */
  token?: string;
  fate?: (event: JenkinsEvent) => EventFate;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** A time as Java's `SimpleDateFormat` writes it. */
export function javaTime(date: Date): string {
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}${pad(Math.abs(offset) % 60)}`;
  const local = new Date(date.getTime() + offset * 60_000).toISOString();
  return local.replace('Z', zone);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The plugin leaves out every `url`. */
function withoutUrls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUrls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'url')
      .map(([name, inner]) => [name, withoutUrls(inner)]),
  );
}

function exported(bean: unknown): Record<string, unknown> {
  const value = withoutUrls(exportValue(bean, DepthPruner.of(0)));
  return isRecord(value) ? value : {};
}

function envelope() {
  return { id: randomUUID(), time: javaTime(new Date()) };
}

/**
 * Posts what happens to items and runs, as the generic-event plugin: in the background, over one connection, without
 * retry, the answer ignored. A restart loses what was not sent yet.
 */
export class EventDispatcher {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  private readonly pending: JenkinsEvent[] = [];
  private readonly held = new Set<NodeJS.Timeout>();
  private sending?: Promise<void>;
  private stopped = false;

  private options: EventOptions;
  private readonly context: BeanContext;
  private readonly rootUrl: string;

  constructor(options: EventOptions, context: BeanContext, rootUrl: string) {
    this.options = options;
    this.context = context;
    this.rootUrl = rootUrl;
  }

  /** Changes where events go. */
  configure(options: EventOptions): void {
    this.options = options;
  }

  run(type: RunEventType, build: Build): void {
    const { job } = build;
    const data = exported(runBean(build, this.context.toUrl));
    // The executor is let go only after the listeners were told.
    if (type === 'run.completed' || type === 'run.finalized') {
      data.executor = { _class: 'hudson.model.OneOffExecutor' };
    }
    this.emit({
      ...envelope(),
      data: {
        ...data,
        _class: 'io.jenkins.plugins.generic.event.data.WorkflowRunData',
        _multiBranch: false,
        _parentFullName: job.parent.fullName,
        _projectName: job.name,
      },
      dataType: WORKFLOW_RUN,
      source: job.url,
      type,
      url: build.url,
    });
  }

  item(
    type: ItemEventType,
    item: Item,
    before?: { fullName: string; url: string },
  ): void {
    this.emit({
      ...envelope(),
      data: this.itemData(item),
      dataType: item.kind === 'job' ? WORKFLOW_JOB : FOLDER,
      source: item.parent?.url ?? '',
      type,
      url: item.url,
      ...(before && {
        metaData: {
          oldName: before.fullName,
          newName: item.fullName,
          oldUrl: before.url,
          newUrl: item.url,
        },
      }),
    });
  }

  /** Settles when nothing waits to be sent. */
  async flushed(): Promise<void> {
    await this.sending;
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.held) clearTimeout(timer);
    this.pending.length = 0;
    this.agent.destroy();
  }

  private itemData(item: Item): Record<string, unknown> {
    const data = exported(itemBean(item, this.context));
    if (item.kind === 'folder') {
      // What hangs below a folder is no part of its event.
      for (const name of ['healthReport', 'jobs', 'primaryView', 'views']) {
        delete data[name];
      }
    }
    return data;
  }

  private emit(event: JenkinsEvent): void {
    if (!this.options.receiver || this.stopped) return;
    const fate = this.options.fate?.(event) ?? { copies: 1, delayMs: 0 };
    const queue = () => {
      for (let i = 0; i < fate.copies; i++) this.pending.push(event);
      this.sending ??= this.drain().finally(() => {
        this.sending = undefined;
      });
    };
    if (!fate.delayMs) {
      queue();
      return;
    }
    const timer = setTimeout(() => {
      this.held.delete(timer);
      queue();
    }, fate.delayMs);
    timer.unref();
    this.held.add(timer);
  }

  private async drain(): Promise<void> {
    for (
      let event = this.pending.shift();
      event && !this.stopped;
      event = this.pending.shift()
    ) {
      await this.post(event);
    }
  }

  private post(event: JenkinsEvent): Promise<void> {
    const { receiver, token } = this.options;
    if (!receiver) return Promise.resolve();
    const body = JSON.stringify(event, null, 4);
    return new Promise(resolve => {
      const request = http.request(
        receiver,
        {
          method: 'POST',
          agent: this.agent,
          timeout: CONNECT_TIMEOUT_MS,
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
            'X-Event-Type': event.type,
            Referrer: this.rootUrl,
            ...(token && { Authorization: `Bearer ${token}` }),
          },
        },
        response => {
          response.resume();
          response.on('close', resolve);
        },
      );
      request.on('timeout', () => request.destroy());
      // Fire and forget: an event that cannot be delivered is lost.
      request.on('error', () => resolve());
      request.end(body);
    });
  }
}
