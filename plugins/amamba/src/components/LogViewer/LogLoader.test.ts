import { FakeLog } from './__testUtils__/fakeLog';
import { LogLoader, type LogState } from './LogLoader';

const numbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => `line ${from + i}\n`).join('');

function loaderFor(log: FakeLog, maxLines?: number) {
  const states: LogState[] = [];
  const loader = new LogLoader(log, state => states.push(state), maxLines);
  return { loader, states };
}

describe('LogLoader', () => {
  it('reads the end, and back to the beginning, in one piece', async () => {
    const log = new FakeLog(numbered(100_000));
    const { loader } = loaderFor(log, 1_000_000);
    await loader.seek('end');
    while (loader.state.snapshot.start > 0) await loader.extend('before');
    const { lines, first } = loader.state.snapshot;
    expect(first).toBe(1);
    expect(lines).toHaveLength(100_000);
    expect(lines.every(({ text }, i) => text === `line ${i + 1}`)).toBe(true);
  });

  it('reads from the beginning to the end', async () => {
    const log = new FakeLog(numbered(100_000));
    log.numbered = false;
    const { loader } = loaderFor(log, 30_000);
    await loader.seek('start');
    while (await loader.extend('after'));
    const { lines, first, end, size } = loader.state.snapshot;
    expect(end).toBe(size);
    expect(first).toBe(70_001);
    expect(lines.at(-1)?.text).toBe('line 100000');
  });

  it('finds a line and shows what is before it', async () => {
    const log = new FakeLog(numbered(100_000));
    const { loader } = loaderFor(log);
    expect(await loader.seek({ line: 50_000 })).toBe(true);
    const { first, lines } = loader.state.snapshot;
    expect(lines[50_000 - first!].text).toBe('line 50000');
    expect(first).toBe(49_800);
    const asked = log.requests.length;
    await loader.seek({ line: 50_001 });
    expect(log.requests).toHaveLength(asked);
  });

  it('knows the number of a line that it asked for, and the end of a log that is shorter', async () => {
    const log = new FakeLog(numbered(1000));
    log.numbered = false;
    const { loader } = loaderFor(log);
    await loader.seek({ line: 500 });
    expect(loader.state.snapshot).toMatchObject({
      first: 300,
      end: log.text.length,
    });
    const shorter = loaderFor(log).loader;
    await shorter.seek({ line: 5000 });
    expect(shorter.state.snapshot.lines.at(-1)?.text).toBe('line 1000');
  });

  it('finds a line behind very long ones', async () => {
    const log = new FakeLog(`${'x'.repeat(9000)}\n`.repeat(200) + numbered(3));
    const { loader } = loaderFor(log);
    await loader.seek({ line: 202 });
    const { first, lines } = loader.state.snapshot;
    expect(lines[202 - first!].text).toBe('line 2');
  });

  it('reads back over very long lines', async () => {
    const long = `${'x'.repeat(300_000)}\n`;
    const log = new FakeLog(numbered(3) + long + long + numbered(3, 6));
    const { loader } = loaderFor(log);
    await loader.seek('end');
    while (loader.state.snapshot.start > 0) await loader.extend('before');
    expect(loader.state.snapshot.lines.map(({ text }) => text.length)).toEqual([
      6, 6, 6, 300_000, 300_000, 6, 6, 6,
    ]);
  });

  it('follows a log that grows', async () => {
    const log = new FakeLog(numbered(10));
    log.running = true;
    const { loader } = loaderFor(log, 15);
    await loader.seek('end');
    log.grow(numbered(10, 11));
    await loader.poll(true);
    expect(loader.state.snapshot).toMatchObject({ first: 4, total: 20 });
    expect(loader.state.snapshot.lines.at(-1)?.text).toBe('line 18');
    await loader.poll(true);
    expect(loader.state.snapshot.lines).toHaveLength(15);
  });

  it('waits for a line that is still being written', async () => {
    const log = new FakeLog('one\ntw');
    log.running = true;
    const { loader } = loaderFor(log);
    await loader.seek('end');
    expect(loader.state.snapshot).toMatchObject({ total: 2, first: 1 });
    expect(await loader.extend('after')).toBe(false);
    log.grow('o\n');
    await loader.poll(true);
    const { lines } = loader.state.snapshot;
    expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('takes the size that an engine stores for what it is', async () => {
    const log = new FakeLog(numbered(100_000));
    log.hidden = 50_000;
    const { loader } = loaderFor(log);
    await loader.seek('start');
    expect(loader.state.snapshot.size).toBe(log.text.length + 50_000);
    await loader.seek('end');
    expect(loader.state.snapshot).toMatchObject({
      size: log.text.length,
      total: 100_000,
    });
    await loader.seek({ line: 50_000 });
    expect(loader.state.snapshot).toMatchObject({
      size: log.text.length,
      total: 100_000,
      before: 49_799,
    });
    await loader.poll(true);
    expect(loader.state.snapshot.first).toBe(49_800);
  });

  it('asks once for what is not there', async () => {
    const log = new FakeLog(numbered(10));
    const { loader } = loaderFor(log);
    await loader.seek('start');
    jest.spyOn(log, 'read').mockResolvedValue({
      text: '',
      start: log.text.length,
      end: log.text.length,
      size: log.text.length + 99,
      more: false,
    });
    await loader.seek({ line: 9_999 });
    await loader.extend('after');
    const asked = jest.mocked(log.read).mock.calls.length;
    await loader.extend('after');
    expect(log.read).toHaveBeenCalledTimes(asked);
  });

  it('only counts when what is read must stay', async () => {
    const log = new FakeLog(numbered(10));
    log.running = true;
    const { loader } = loaderFor(log, 10);
    await loader.seek('end');
    log.grow(numbered(10, 11));
    await loader.poll(false);
    expect(loader.state.snapshot).toMatchObject({
      first: 1,
      after: 10,
      total: 20,
    });
    log.grow(numbered(5, 21));
    await loader.poll(false);
    expect(loader.state.snapshot).toMatchObject({ first: 1, after: 15 });
  });

  it('begins again when the log is another one', async () => {
    const log = new FakeLog(numbered(100));
    const { loader } = loaderFor(log);
    await loader.seek('end');
    const other = new FakeLog('new\n');
    jest.spyOn(log, 'read').mockImplementation(range => other.read(range));
    await loader.poll(true);
    expect(loader.state.snapshot.lines.map(({ text }) => text)).toEqual([
      'new',
    ]);
  });

  it('keeps what it has when a request fails, and tries again', async () => {
    const log = new FakeLog(numbered(100_000));
    const { loader, states } = loaderFor(log);
    await loader.seek('start');
    log.failure = new Error('Jenkins "ci" did not answer.');
    expect(await loader.extend('after')).toBe(false);
    expect(states.at(-1)?.error?.message).toBe('Jenkins "ci" did not answer.');
    expect(states.at(-1)?.snapshot.lines.length).toBeGreaterThan(0);
    log.failure = undefined;
    const before = loader.state.snapshot.lines.length;
    expect(await loader.retry()).toBe(true);
    expect(loader.state.error).toBeUndefined();
    expect(loader.state.snapshot.end).toBeGreaterThan(before);
  });

  it('lets a new place win over the one before', async () => {
    const log = new FakeLog(numbered(100_000));
    const { loader } = loaderFor(log);
    const first = loader.seek({ line: 90_000 });
    const second = loader.seek({ line: 10 });
    expect(await first).toBe(false);
    expect(await second).toBe(true);
    expect(loader.state.snapshot.first).toBe(1);
    expect(loader.state.seeking).toBe(false);
  });
});
