import fc from 'fast-check';
import { chunksOf, diffLines, sidesOf, type DiffLine } from './lineDiff';

const SIGN = { same: ' ', removed: '-', added: '+' };
const text = (lines: readonly DiffLine[]) =>
  lines.map(line => SIGN[line.type] + line.text);

describe('diffLines', () => {
  it.each([
    ['', '', []],
    [undefined, 'a\nb', ['+a', '+b']],
    ['a\nb\n', undefined, ['-a', '-b']],
    ['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
    ['a\nb', 'b\nc', ['-a', ' b', '+c']],
    ['a\nb\nc\nd', 'x\ny\nc\nz', ['-a', '-b', '+x', '+y', ' c', '-d', '+z']],
  ])('compares %j with %j', (before, after, expected) => {
    expect(text(diffLines(before, after))).toEqual(expected);
  });

  it('gives back both texts, and takes as few changes as the longest common part allows', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const diff = diffLines(a.join('\n'), b.join('\n'));
        const side = (other: DiffLine['type']) =>
          diff.filter(({ type }) => type !== other).map(line => line.text);
        expect(side('added')).toEqual(a);
        expect(side('removed')).toEqual(b);
        const changes = diff.filter(({ type }) => type !== 'same').length;
        expect(changes).toBe(a.length + b.length - 2 * common(a, b));
      }),
    );
  });

  it('gives up on texts that have nothing to do with each other', () => {
    const many = (word: string) =>
      Array.from({ length: 3000 }, (_, i) => `${word} ${i}`).join('\n');
    const diff = diffLines(many('a'), many('b'));
    expect(diff.filter(({ type }) => type === 'same')).toEqual([]);
    expect(diff).toHaveLength(6000);
  });
});

/** Length of the longest common subsequence. */
function common(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    let diagonal = 0;
    b.forEach((other, j) => {
      const above = row[j + 1];
      row[j + 1] = one === other ? diagonal + 1 : Math.max(above, row[j]);
      diagonal = above;
    });
  }
  return row[b.length];
}

describe('chunksOf', () => {
  const numbers = (count: number) =>
    Array.from({ length: count }, (_, i) => String(i));

  it('keeps three lines around each change and folds the others', () => {
    const before = numbers(30);
    const after = before.with(10, 'x').with(12, 'y');
    const chunks = chunksOf(diffLines(before.join('\n'), after.join('\n')));
    expect(chunks.map(({ type, lines }) => [type, lines.length])).toEqual([
      ['gap', 7],
      ['lines', 11],
      ['gap', 14],
    ]);
  });

  it('shows a single line rather than a bar', () => {
    const before = numbers(9);
    const chunks = chunksOf(
      diffLines(before.join('\n'), before.with(4, 'x').join('\n')),
    );
    expect(chunks.map(({ type }) => type)).toEqual(['lines', 'lines', 'lines']);
  });
});

describe('sidesOf', () => {
  it('puts what took the place of a line beside it', () => {
    const rows = sidesOf(diffLines('a\nb\nc\nd', 'a\nx\nd\ne'));
    expect(
      rows.map(({ before, after }) => [before?.text, after?.text]),
    ).toEqual([
      ['a', 'a'],
      ['b', 'x'],
      ['c', undefined],
      ['d', 'd'],
      [undefined, 'e'],
    ]);
  });
});
