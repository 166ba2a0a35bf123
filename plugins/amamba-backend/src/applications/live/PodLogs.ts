import type {
  PodLogLine,
  PodLogQuery,
} from '@amamba/backstage-plugin-amamba-common';
import { setTimeout as sleep } from 'timers/promises';
import { kinds, type LogLine } from '../../clusters';
import type { ApplicationOfCaller } from '../ApplicationAccess';
import type { ApplicationIndex } from '../read/ApplicationIndex';
import {
  chooseContainers,
  containersNow,
  MAX_CONTAINERS,
  type LogContainer,
} from './chooseContainers';
import { ContainerLog, type LogPart } from './ContainerLog';
import { Funnel } from './Funnel';
import { mergeByTime } from './mergeByTime';

/** What stands between the browser and the backend closes connections that are silent for a minute. */
const HEARTBEAT_MS = 20_000;
/** Of pods that come later the whole log is wanted, within reason. */
const TAIL_OF_JOINED = 20_000;

const HEARTBEAT = '\n';

type ContainerPart = { container: LogContainer; part: LogPart };

function textOf(records: readonly PodLogLine[]): string {
  return records.map(record => `${JSON.stringify(record)}\n`).join('');
}

function lineOf(
  { pod, container }: LogContainer,
  { time, text }: LogLine,
): PodLogLine {
  return { type: 'line', pod, container, at: time, text };
}

function recordsOf({ container, part }: ContainerPart): PodLogLine[] {
  return part.type === 'notice'
    ? [part.notice]
    : part.lines.map(line => lineOf(container, line));
}

const keyOf = ({ uid, container }: LogContainer) => `${uid}/${container}`;

async function* heartbeats(
  everyMs: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for (;;) {
    await sleep(everyMs, undefined, { signal });
    yield HEARTBEAT;
  }
}

async function* texts(log: ContainerLog): AsyncGenerator<string> {
  for await (const part of log.rest()) {
    yield textOf(recordsOf({ container: log.container, part }));
  }
}

/**
 * Logs of the pods of an application as one stream of NDJSON. Reads only as fast as it is read, and holds no more than some lines of each
 * container.
 */
export class PodLogs {
  readonly #index: ApplicationIndex;
  readonly #heartbeatMs: number;
  readonly #retryMs: number | undefined;

  /** @param options - heartbeatMs, retryMs: for tests */
  constructor(options: {
    index: ApplicationIndex;
    heartbeatMs?: number;
    retryMs?: number;
  }) {
    this.#index = options.index;
    this.#heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
    this.#retryMs = options.retryMs;
  }

  /**
   * @param signal - ends it
   * @throws InputError, NotFoundError at once, when what is asked for is not there
   */
  read(
    found: ApplicationOfCaller,
    query: PodLogQuery,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const chosen = chooseContainers(found, query);
    return this.#read(found, query, chosen, signal);
  }

  async *#read(
    found: ApplicationOfCaller,
    query: PodLogQuery,
    chosen: readonly LogContainer[],
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const { follow = false, tail } = query;
    const open = (container: LogContainer, lines: number) =>
      new ContainerLog(
        container,
        found.namespace.followLog(container.pod, {
          container: container.container,
          uid: container.uid,
          ...{ follow, signal, retryMs: this.#retryMs },
          previous: query.previous,
          sinceTime: query.sinceTime,
          tailLines: lines,
        }),
        signal,
      );
    let logs = chosen.map(container => open(container, tail));
    const backlogs = logs.map(log => ({
      source: log.container,
      next: () => log.backlog(),
    }));
    for await (const group of mergeByTime(backlogs)) {
      yield textOf(group.map(({ source, line }) => lineOf(source, line)));
    }
    yield textOf([{ type: 'current' }]);
    if (!follow) {
      for (const log of logs) yield* lastWords(log);
      return;
    }
    const funnel = new Funnel<string>();
    for (const log of logs) funnel.add(texts(log));
    funnel.add(heartbeats(this.#heartbeatMs, signal));
    const join = (container: LogContainer) => {
      logs = logs.filter(({ isOver }) => !isOver);
      if (logs.length >= MAX_CONTAINERS) return false;
      const log = open(container, TAIL_OF_JOINED);
      logs.push(log);
      funnel.add(joined(log));
      return true;
    };
    const stopJoining = query.pods
      ? () => {}
      : this.#joinNew(found, query, chosen, join);
    try {
      for (;;) {
        const text = await funnel.take();
        if (text === undefined || signal.aborted) return;
        yield text;
        if (query.pods && logs.every(({ isOver }) => isOver)) return;
      }
    } finally {
      stopJoining();
    }
  }

  /**
   * Calls for every container that comes to the application from now on.
   * @param join - false: not now
   * @returns ends it
   */
  #joinNew(
    { namespace, entry }: ApplicationOfCaller,
    { container, previous }: PodLogQuery,
    chosen: readonly LogContainer[],
    join: (container: LogContainer) => boolean,
  ): () => void {
    const known = new Set(chosen.map(keyOf));
    let isOver = false;
    const look = async () => {
      const view = await this.#index.view(namespace);
      const now = view.entries.find(
        ({ kind, name }) => kind === entry.kind && name === entry.name,
      );
      if (!now || isOver) return;
      for (const one of containersNow(
        { entry: now, view },
        { container, previous },
      )) {
        if (!known.has(keyOf(one)) && join(one)) known.add(keyOf(one));
      }
    };
    const stop = namespace.onChange(kinds.pods, () => void look());
    void look();
    return () => {
      isOver = true;
      stop();
    };
  }
}

/** A log that was not there when the call came. */
async function* joined(log: ContainerLog): AsyncGenerator<string> {
  const { pod, container } = log.container;
  yield textOf([
    { type: 'notice', pod, container, code: 'started', message: '' },
  ]);
  yield* texts(log);
}

/** Of a log that is not followed: what could not be put in order, and why it cannot be read. */
async function* lastWords(log: ContainerLog): AsyncGenerator<string> {
  for await (const part of log.rest()) {
    if (part.type === 'notice' && part.notice.code === 'ended') continue;
    yield textOf(recordsOf({ container: log.container, part }));
  }
}
