import { StreamBuffer } from './StreamBuffer';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    text: `line ${from + i}`,
    state: '',
  }));

describe('StreamBuffer', () => {
  it('keeps the newest while the reader goes along', () => {
    const buffer = new StreamBuffer(10);
    expect(buffer.push(lines(1, 12))).toBe(12);
    const { lines: held, key, dropped } = buffer.snapshot();
    expect(held.map(({ text }) => text)).toEqual(
      lines(8, 12).map(({ text }) => text),
    );
    expect([key, dropped]).toEqual([7, 7]);
  });

  it('lets nothing go that is read, and takes no more than there is room for', () => {
    const buffer = new StreamBuffer(10);
    buffer.push(lines(1, 5));
    buffer.following = false;
    expect(buffer.push(lines(6, 9))).toBe(4);
    expect(buffer.full).toBe(false);
    expect(buffer.push(lines(10, 20))).toBe(1);
    expect(buffer.full).toBe(true);
    expect(buffer.snapshot().lines).toHaveLength(10);
    buffer.following = true;
    expect(buffer.snapshot()).toMatchObject({ key: 5, dropped: 5 });
  });

  it('searches what is held, what comes, and forgets what goes', () => {
    const buffer = new StreamBuffer(10);
    buffer.push([
      ...lines(1, 2),
      { text: '\u001b[31mERR\u001b[0mOR', state: '' },
    ]);
    buffer.search(/error|line 1/gi);
    expect(buffer.snapshot().matches).toEqual([0, 2]);
    buffer.push(lines(10, 12));
    expect(buffer.snapshot().matches).toEqual([2, 3, 4, 5]);
    buffer.search(undefined);
    expect(buffer.snapshot().matches).toEqual([]);
  });
});
