import { FakeLog } from './__testUtils__/fakeLog';
import { readLines } from './readLines';

describe('readLines', () => {
  const log = new FakeLog(
    Array.from(
      { length: 60_000 },
      (_, i) => `\u001b[32mline ${i + 1}\u001b[0m\n`,
    ).join(''),
  );

  it('gives the text alone', async () => {
    expect(await readLines(log, { from: 3, to: 4 })).toBe('line 3\nline 4');
    expect(await readLines(log, { from: 60_000, to: 60_010 })).toBe(
      'line 60000',
    );
    expect(await readLines(log, { from: 70_000, to: 70_001 })).toBe('');
  });

  it('reads over many ranges, up to a limit', async () => {
    const text = await readLines(log, { from: 10_001, to: 60_000 });
    const lines = text.split('\n');
    expect(lines).toHaveLength(20_000);
    expect(lines.at(-1)).toBe('line 30000');
  });
});
