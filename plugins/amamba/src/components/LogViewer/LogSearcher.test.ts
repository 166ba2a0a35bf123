import { FakeLog } from './__testUtils__/fakeLog';
import { ERROR_PATTERN, LogSearcher, type SearchState } from './LogSearcher';

const terms = (q: string, regex = false, matchCase = false) => ({
  q,
  regex,
  matchCase,
});

function searcherFor(log: FakeLog) {
  const states: SearchState[] = [];
  const searcher = new LogSearcher(log, state => states.push(state));
  return { searcher, last: () => states.at(-1) };
}

const LOG = new FakeLog(
  Array.from({ length: 1000 }, (_, i) =>
    i % 2 ? `odd ${i + 1}\n` : `Even ${i + 1}\n`,
  ).join(''),
);

describe('LogSearcher', () => {
  it('counts the whole log and goes through it, around its end', async () => {
    const { searcher, last } = searcherFor(LOG);
    expect(await searcher.search(terms('even'))).toBe(true);
    expect(last()).toMatchObject({ total: 500, index: undefined, busy: false });
    expect((await searcher.step(1))?.line).toBe(1);
    expect((await searcher.step(1))?.line).toBe(3);
    expect((await searcher.step(-1))?.line).toBe(1);
    expect((await searcher.step(-1))?.line).toBe(999);
    expect(last()).toMatchObject({ index: 499 });
    expect((await searcher.step(1))?.line).toBe(1);
  });

  it('begins at what is read', async () => {
    const { searcher } = searcherFor(LOG);
    await searcher.search(terms('even'));
    expect((await searcher.step(1, 100))?.line).toBe(101);
  });

  it('passes expressions and case on', async () => {
    const { searcher, last } = searcherFor(LOG);
    expect(await searcher.search(terms('even', false, true))).toBe(false);
    expect(last()?.total).toBe(0);
    await searcher.search(terms('^odd \\d$', true));
    expect(last()?.total).toBe(4);
    await searcher.search(terms(''));
    expect(last()?.total).toBeUndefined();
  });

  it('says what went wrong', async () => {
    const { searcher, last } = searcherFor(LOG);
    expect(await searcher.search(terms('(', true))).toBe(false);
    expect(last()?.error?.message).toMatch(/Invalid regular expression/);
    expect(await searcher.step(1)).toBeUndefined();
  });

  it('lets the newest search win', async () => {
    const { searcher, last } = searcherFor(LOG);
    const first = searcher.search(terms('even'));
    await searcher.search(terms('odd 2'));
    await first;
    expect(last()?.total).toBe(56);
  });
});

describe('ERROR_PATTERN', () => {
  const pattern = new RegExp(ERROR_PATTERN);
  it.each([
    '[ERROR] Failed to execute goal',
    'npm ERR! code 1',
    'FAIL src/cart.test.ts',
    'TypeError: x is not a function',
    'java.lang.NullPointerException',
    'Traceback (most recent call last):',
    'main.c:3:5: error: expected ;',
    'fatal: not a git repository',
    'script returned exit code 1',
    'Finished: FAILURE',
  ])('finds %s', line => {
    expect(line).toMatch(pattern);
  });

  it.each([
    '0 errors, 0 warnings',
    'Tests run: 4, Failures: 0, Errors: 0',
    'Compiling error.ts',
    'exit code 0',
    'Finished: SUCCESS',
  ])('passes %s over', line => {
    expect(line).not.toMatch(pattern);
  });
});
