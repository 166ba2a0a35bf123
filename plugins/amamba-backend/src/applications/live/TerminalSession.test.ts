import { once } from 'events';
import { PassThrough } from 'stream';
import type { ExecResult, ExecSession } from '../../clusters';
import { Seats } from './Seats';
import { Terminals } from './Terminals';
import type { TerminalTimes } from './TerminalSession';

const PLACE = {
  ...{ owner: 'user:default/ed', workspace: 'team-a', cluster: 'c' },
  ...{ namespace: 'n', kind: 'deployment', name: 'shop' },
  ...{ pod: 'shop-1', container: 'shop' },
};

function fakeExec() {
  let finish: (result: ExecResult) => void = () => {};
  const stdout = new PassThrough();
  const exec: ExecSession = {
    stdout,
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    resize: jest.fn(),
    done: new Promise(resolve => {
      finish = resolve;
    }),
    close: () => {
      stdout.end();
      finish({ type: 'failed', message: 'cut' });
    },
  };
  return { exec, stdout, exit: finish };
}

function terminals(times: Partial<TerminalTimes>) {
  const onEnd = jest.fn(async () => {});
  const seats = new Seats({ what: 'terminals', perUser: 1, total: 1 });
  const fake = fakeExec();
  const open = new Terminals({
    ...{ seats, onEnd },
    times: { idleMs: 60_000, leftMs: 60_000, heartbeatMs: 60_000, ...times },
  });
  const start = () =>
    open.open({ exec: async () => fake.exec }, PLACE, {
      columns: 80,
      rows: 24,
    });
  return { open, start, onEnd, fake };
}

describe('terminals', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('ends when nothing was typed for long, and not before', async () => {
    const { start, onEnd } = terminals({ idleMs: 1_000 });
    const session = await start();
    const reader = session.read(new AbortController().signal);
    const end = reader.next();
    await jest.advanceTimersByTimeAsync(900);
    await session.write({ type: 'data', data: 'x' });
    await jest.advanceTimersByTimeAsync(900);
    expect(onEnd).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(200);
    await expect(end).resolves.toMatchObject({
      value: { type: 'ended', reason: 'idle' },
    });
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('ends when nobody reads it', async () => {
    const { start } = terminals({ leftMs: 1_000 });
    const session = await start();
    const gone = new AbortController();
    const reading = session.read(gone.signal).next();
    await jest.advanceTimersByTimeAsync(5_000);
    gone.abort();
    await reading;
    await jest.advanceTimersByTimeAsync(1_100);
    await expect(session.done).resolves.toMatchObject({ reason: 'left' });
  });

  it('gives characters whole that come in pieces, and signs of life', async () => {
    const { start, fake } = terminals({ heartbeatMs: 1_000 });
    const session = await start();
    const reader = session.read(new AbortController().signal);
    const bytes = Buffer.from('中');
    const next = reader.next();
    fake.stdout.write(bytes.subarray(0, 1));
    await jest.advanceTimersByTimeAsync(1_100);
    await expect(next).resolves.toMatchObject({ value: 'heartbeat' });
    fake.stdout.write(bytes.subarray(1));
    await expect(reader.next()).resolves.toMatchObject({
      value: { type: 'output', text: '中' },
    });
  });

  it('ends all when the portal stops, tells of each, and frees its place', async () => {
    const { open, start, onEnd } = terminals({});
    const session = await start();
    await open.stop();
    expect(onEnd).toHaveBeenCalledWith(session, {
      ...{ type: 'ended', reason: 'stopped' },
    });
    expect(() => open.find(session.id, PLACE)).toThrow('no such terminal');
    await expect(start()).resolves.toMatchObject({ place: PLACE });
  });

  it('frees the place of one that could not be opened', async () => {
    const { open, start } = terminals({});
    const exec = async () => {
      throw new Error('no');
    };
    const size = { columns: 1, rows: 1 };
    await expect(open.open({ exec }, PLACE, size)).rejects.toThrow('no');
    await expect(start()).resolves.toBeDefined();
  });
});

it('prints what came before the end', async () => {
  const { start, fake } = terminals({});
  const session = await start();
  fake.stdout.end('last words');
  fake.exit({ type: 'exited', code: 7 });
  await once(fake.stdout, 'readable');
  const found: unknown[] = [];
  for await (const event of session.read(new AbortController().signal)) {
    found.push(event);
  }
  expect(found).toEqual([
    { type: 'output', text: 'last words' },
    { type: 'ended', reason: 'exited', code: 7 },
  ]);
});
