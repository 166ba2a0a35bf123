import type { PodLogLine } from '@amamba/backstage-plugin-amamba-common';
import type { StreamState } from '../../../../components/LogViewer';
import { PodLogStream, type PodLogPart } from './PodLogStream';

const BASE = Date.parse('2026-11-24T00:00:00Z');

const line = (n: number, pod = 'a', seconds = n): PodLogLine => ({
  ...{ type: 'line', pod, container: 'web' },
  at: new Date(BASE + seconds * 1000).toISOString(),
  text: `line ${n}`,
});

/** An answer with these records, which then goes on, ends or breaks. */
function answer(records: PodLogLine[], then: 'goes on' | 'ends' | 'breaks') {
  let isSent = false;
  const bytes = new TextEncoder().encode(
    `\n${records.map(record => JSON.stringify(record)).join('\n')}\n`,
  );
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!isSent) controller.enqueue(bytes);
      else if (then === 'ends') controller.close();
      else if (then === 'breaks') controller.error(new TypeError('gone'));
      else return new Promise(() => {});
      isSent = true;
      return undefined;
    },
  });
  return { body } as Response;
}

function stream(
  answers: (Response | 'unreachable')[],
  options: { follow?: boolean } = {},
) {
  const asked: PodLogPart[] = [];
  let state: StreamState | undefined;
  const log = new PodLogStream({
    open: async part => {
      asked.push(part);
      const next = answers.shift() ?? 'unreachable';
      if (next === 'unreachable') throw new TypeError('no network');
      return next;
    },
    follow: options.follow ?? true,
    describe: ({ code, pod }) => `${pod} ${code}`,
    report: news => {
      state = news;
    },
    retryMs: 1,
  });
  const texts = () => log.state.snapshot.lines.map(({ text }) => text);
  return { log, asked, texts, reported: () => state };
}

describe('PodLogStream', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('holds what comes, says notices in words, and redraws seldom', async () => {
    const { log, texts, reported } = stream([
      answer(
        [
          line(1),
          { type: 'current' },
          { type: 'notice', pod: 'b', code: 'started', message: '' },
        ],
        'goes on',
      ),
    ]);
    log.start();
    await pass(50);
    expect(reported()).toBeUndefined();
    await pass(100);
    expect(reported()).toMatchObject({ status: 'streaming', loaded: true });
    expect(texts()).toEqual(['line 1', 'b started']);
    log.stop();
  });

  it('goes on where it was, without losing or repeating a line', async () => {
    const { log, asked, texts } = stream([
      answer([line(1), line(2, 'b'), line(3), line(3)], 'breaks'),
      'unreachable',
      // asked from the oldest of the newest lines of both on
      answer(
        [line(2, 'b'), line(3), line(3), line(3), { type: 'current' }, line(4)],
        'goes on',
      ),
    ]);
    log.start();
    await pass(500);
    expect(asked).toEqual([
      {},
      { sinceTime: '2026-11-24T00:00:02.000Z', tail: 20_000 },
      { sinceTime: '2026-11-24T00:00:02.000Z', tail: 20_000 },
    ]);
    expect(texts()).toEqual([
      ...['line 1', 'line 2', 'line 3', 'line 3', 'line 3', 'line 4'],
    ]);
    expect(log.state.error).toBeUndefined();
    log.stop();
  });

  it('does not go back for a container that is silent for long', async () => {
    const { log, asked } = stream([
      answer([line(1, 'silent'), line(600)], 'breaks'),
    ]);
    log.start();
    await pass(5);
    await pass(5);
    expect(asked[1]).toMatchObject({ sinceTime: '2026-11-24T00:09:50.000Z' });
    log.stop();
  });

  it('ends what is not followed, and says why it cannot be read', async () => {
    const { log } = stream(['unreachable'], { follow: false });
    log.start();
    await pass(200);
    expect(log.state).toMatchObject({
      ...{ status: 'ended', error: { message: 'no network' } },
    });
  });

  it('lets the stream go when the reader reads and there is no room, and begins anew', async () => {
    const many = Array.from({ length: 20_050 }, (_, n) => line(n));
    const { log, asked, texts } = stream([
      answer(many, 'goes on'),
      answer([line(30_000)], 'goes on'),
    ]);
    log.setFollowing(false);
    log.start();
    await pass(200);
    expect(log.state).toMatchObject({ status: 'full' });
    expect(texts()[0]).toBe('line 0');
    expect(texts()).toHaveLength(20_000);
    log.setFollowing(true);
    log.start();
    await pass(200);
    expect(texts()).toEqual(['line 30000']);
    expect(asked).toHaveLength(2);
    log.stop();
  });
});
