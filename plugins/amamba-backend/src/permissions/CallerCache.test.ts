import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import fc from 'fast-check';
import { CallerCache } from './CallerCache';

function credentials(
  principal: unknown,
  expiresAt?: Date,
): BackstageCredentials {
  return { $$type: '@backstage/BackstageCredentials', principal, expiresAt };
}

function user(userEntityRef: string, more: object = {}): BackstageCredentials {
  return credentials({ type: 'user', userEntityRef, ...more });
}

const ANN = user('user:default/ann');
const SERVICE = { type: 'service', subject: 'plugin:catalog' };

/** No two of these may share an answer, and those below the line get none that is kept. */
const CALLERS: Record<string, BackstageCredentials> = {
  'a user': ANN,
  'another user': user('user:default/bob'),
  'one of the same name elsewhere': user('user:other/ann'),
  'another case of the name': user('user:default/Ann'),
  'a plugin in the name of the user': user('user:default/ann', {
    actor: SERVICE,
  }),
  'another plugin in the name of the user': user('user:default/ann', {
    actor: { type: 'service', subject: 'plugin:scaffolder' },
  }),
  'a restricted plugin in the name of the user': user('user:default/ann', {
    actor: { ...SERVICE, accessRestrictions: { permissionNames: ['x'] } },
  }),
  'the user after a new sign-in': credentials(
    { type: 'user', userEntityRef: 'user:default/ann' },
    new Date(1_000),
  ),
  'the user after one more': credentials(
    { type: 'user', userEntityRef: 'user:default/ann' },
    new Date(2_000),
  ),
};
const NOT_KEPT: Record<string, BackstageCredentials> = {
  'a service': credentials(SERVICE),
  'a service that calls itself like the user': credentials({
    type: 'service',
    subject: 'user:default/ann',
  }),
  'a restricted service': credentials({
    ...SERVICE,
    accessRestrictions: { permissionNames: ['x'] },
  }),
  nobody: credentials({ type: 'none' }),
  'something new': credentials({ type: 'robot', userEntityRef: 'u' }),
  'no principal': credentials(undefined),
};
const ALL = Object.entries({ ...CALLERS, ...NOT_KEPT });

describe('what is kept for callers', () => {
  describe.each(ALL)('for %s', (name, first) => {
    it.each(ALL.filter(([other]) => other !== name))(
      'is nothing for %s',
      async (_other, second) => {
        const cache = new CallerCache<string>();
        await cache.get(first, ['p'], async () => 'of the first');
        expect(await cache.get(second, ['p'], async () => 'own')).toBe('own');
        // nor while the answer is under way
        const [, own] = await Promise.all([
          cache.get(first, ['q'], async () => 'of the first'),
          cache.get(second, ['q'], async () => 'own'),
        ]);
        expect(own).toBe('own');
      },
    );
  });

  it.each(Object.entries(CALLERS))('is used again for %s', async (_, who) => {
    const cache = new CallerCache<number>();
    let asked = 0;
    const ask = () => cache.get(who, ['p'], async () => ++asked);
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    expect(await ask()).toBe(1);
    expect(cache.size).toBe(1);
  });

  it.each(Object.entries(NOT_KEPT))('is nothing of %s', async (_, who) => {
    const cache = new CallerCache<number>();
    let asked = 0;
    const ask = () => cache.get(who, ['p'], async () => ++asked);
    expect([await ask(), await ask()]).toEqual([1, 2]);
    expect(cache.size).toBe(0);
  });

  it('stands apart for any two callers and questions', async () => {
    // texts that run into each other when parts of a key are joined without care
    const text = fc.constantFrom('a', 'a,a', 'a","a', '"a"', '', '[]', 'null');
    const name = fc.constantFrom('a', 'a","a', '"a"');
    const question = fc.record({
      ref: name,
      actor: fc.option(name, { nil: undefined }),
      expires: fc.option(fc.nat(1), { nil: undefined }),
      about: fc.array(text, { maxLength: 3 }),
    });
    type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;
    const identify = ({ ref, actor, expires, about }: Question) =>
      JSON.stringify([ref, actor ?? [], expires ?? [], about]);
    const ask = (cache: CallerCache<string>, asked: Question) =>
      cache.get(
        credentials(
          {
            type: 'user',
            userEntityRef: asked.ref,
            ...(asked.actor !== undefined && {
              actor: { type: 'service', subject: asked.actor },
            }),
          },
          asked.expires === undefined ? undefined : new Date(asked.expires),
        ),
        asked.about,
        async () => identify(asked),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(question, { minLength: 100, maxLength: 100 }),
        async questions => {
          const cache = new CallerCache<string>();
          for (const asked of questions) {
            expect(await ask(cache, asked)).toBe(identify(asked));
          }
          expect(cache.size).toBe(new Set(questions.map(identify)).size);
        },
      ),
    );
  });
});

describe('how long it is kept', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is seconds, counted from the question', async () => {
    const cache = new CallerCache<number>({ ttlMs: 5_000 });
    let asked = 0;
    const ask = () =>
      cache.get(ANN, ['p'], async () => {
        asked += 1;
        await new Promise(resolve => setTimeout(resolve, 2_000));
        return asked;
      });
    const first = ask();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await first).toBe(1);
    await jest.advanceTimersByTimeAsync(2_999);
    expect(await ask()).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    const second = ask();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await second).toBe(2);
  });
});

describe('what is kept', () => {
  it('is no failure', async () => {
    const cache = new CallerCache<string>();
    const failing = () =>
      cache.get(ANN, ['p'], async () => {
        throw new Error('down');
      });
    // whoever waits for the same answer fails with it
    const both = await Promise.allSettled([failing(), failing()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(cache.size).toBe(0);
    expect(await cache.get(ANN, ['p'], async () => 'up')).toBe('up');
  });

  it('is not what is not there', async () => {
    const cache = new CallerCache<string | undefined>();
    await cache.get(ANN, ['p'], async () => undefined);
    expect(await cache.get(ANN, ['p'], async () => 'new')).toBe('new');
  });

  it('gives way to what is asked anew', async () => {
    const cache = new CallerCache<string>();
    let answerLate = (_: string) => {};
    const late = cache.get(
      ANN,
      ['p'],
      () => new Promise<string>(resolve => (answerLate = resolve)),
    );
    const fresh = { fresh: true };
    await cache.get(ANN, ['p'], async () => 'fresh', fresh);
    answerLate('old');
    expect(await late).toBe('old');
    expect(await cache.get(ANN, ['p'], async () => 'no')).toBe('fresh');
  });

  it('is nothing any more when asking anew failed', async () => {
    const cache = new CallerCache<string>();
    await cache.get(ANN, ['p'], async () => 'old');
    const failing = cache.get(
      ANN,
      ['p'],
      () => Promise.reject(new Error('down')),
      { fresh: true },
    );
    await expect(failing).rejects.toThrow('down');
    expect(await cache.get(ANN, ['p'], async () => 'new')).toBe('new');
  });

  it('is asked for once for all that is missing, in the order asked', async () => {
    const cache = new CallerCache<string>();
    await cache.get(ANN, ['b'], async () => 'B');
    const load = jest.fn(async (missing: number[]) =>
      missing.map(i => `new ${i}`),
    );
    const abouts = [['a'], ['b'], ['c']];
    const answers = await cache.getMany(ANN, abouts, load);
    expect(answers).toEqual(['new 0', 'B', 'new 2']);
    expect(load.mock.calls).toEqual([[[0, 2]]]);
    expect(await cache.getMany(ANN, abouts, load)).toEqual(answers);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('is the newest, up to a number', async () => {
    const cache = new CallerCache<string>({ maxEntries: 3 });
    const ask = (about: string, answer: string) =>
      cache.get(ANN, [about], async () => answer);
    for (const about of ['1', '2', '3', '4']) await ask(about, 'old');
    expect(cache.size).toBe(3);
    expect(await ask('2', 'new')).toBe('old');
    expect(await ask('1', 'new')).toBe('new');
  });
});
