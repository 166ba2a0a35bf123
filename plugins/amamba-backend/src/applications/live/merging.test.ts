import fc from 'fast-check';
import { compareTimes, type LogLine } from '../../clusters';
import { Funnel } from './Funnel';
import { mergeByTime } from './mergeByTime';
import { Seats } from './Seats';

const lineAt = (nanos: number): LogLine => ({
  time: `2026-11-24T00:00:00.${String(nanos).padStart(9, '0')}Z`,
  text: '',
});

describe('mergeByTime', () => {
  it('gives all lines in the order of time, however they come in groups', async () => {
    const times = fc.array(fc.nat(99), { minLength: 1, maxLength: 4 });
    const source = fc.array(times, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(source, { maxLength: 4 }), async sources => {
        const sorted = sources.map(groups => {
          const all = groups.flat().sort((a, b) => a - b);
          return groups.map(group => all.splice(0, group.length).map(lineAt));
        });
        const found: { source: number; line: LogLine }[] = [];
        const merged = mergeByTime(
          sorted.map((groups, index) => {
            const rest = [...groups];
            return { source: index, next: async () => rest.shift() };
          }),
        );
        for await (const group of merged) found.push(...group);
        expect(found).toHaveLength(sorted.flat(2).length);
        for (const [i, { line }] of found.entries()) {
          const before = found[Math.max(0, i - 1)].line;
          expect(compareTimes(before.time, line.time)).toBeLessThanOrEqual(0);
        }
        for (const [index, groups] of sorted.entries()) {
          const own = found.filter(each => each.source === index);
          expect(own.map(({ line }) => line)).toEqual(groups.flat());
        }
      }),
    );
  });
});

describe('Funnel', () => {
  it('asks a source for more only after what it gave was taken', async () => {
    let asked = 0;
    async function* numbers() {
      for (;;) yield ++asked;
    }
    const funnel = new Funnel<number>();
    funnel.add(numbers());
    await new Promise(resolve => setImmediate(resolve));
    expect(asked).toBe(1);
    await expect(funnel.take()).resolves.toBe(1);
    await expect(funnel.take()).resolves.toBe(2);
    expect(asked).toBeLessThanOrEqual(3);
  });

  it('brings together what comes, takes in more sources, and ends with the last', async () => {
    const open: ((value: string) => void)[] = [];
    async function* later(...names: string[]) {
      for (const name of names) {
        yield new Promise<string>(resolve => {
          open.push(() => resolve(name));
        });
      }
    }
    async function* broken(): AsyncGenerator<string> {
      throw new Error('it must not, but does');
    }
    const funnel = new Funnel<string>();
    funnel.add(later('a'));
    funnel.add(broken());
    const first = funnel.take();
    funnel.add(later('b'));
    await new Promise(resolve => setImmediate(resolve));
    open[1]('b');
    await expect(first).resolves.toBe('b');
    const second = funnel.take();
    open[0]('a');
    await expect(second).resolves.toBe('a');
    await expect(funnel.take()).resolves.toBeUndefined();
  });
});

describe('Seats', () => {
  it('counts for each user and in all, and takes back once', () => {
    const seats = new Seats({ what: 'terminals', perUser: 2, total: 3 });
    const [first] = [seats.take('ann'), seats.take('ann')];
    expect(() => seats.take('ann')).toThrow('You have 2 terminals open');
    seats.take('ed');
    expect(() => seats.take('vi')).toThrow('The portal has 3 terminals open');
    first();
    first();
    seats.take('vi');
    expect(() => seats.take('ann')).toThrow('The portal has 3');
  });
});
