import { lineHash, parseLineHash, selectLine } from './lineRange';

describe('lines in an address', () => {
  it.each([
    ['#L120', { from: 120, to: 120 }],
    ['#L120-L134', { from: 120, to: 134 }],
    ['#L134-L120', { from: 120, to: 134 }],
    ['#L0', undefined],
    ['#L12x', undefined],
    ['#L99999999999999', undefined],
    ['', undefined],
  ])('reads %s', (hash, range) => {
    expect(parseLineHash(hash)).toEqual(range);
  });

  it('writes what it reads', () => {
    expect(lineHash({ from: 3, to: 3 })).toBe('#L3');
    expect(lineHash({ from: 3, to: 9 })).toBe('#L3-L9');
  });

  it('extends with Shift in both directions', () => {
    const from5 = selectLine(undefined, 5, true);
    expect(from5).toEqual({ from: 5, to: 5 });
    expect(selectLine(from5, 9, true)).toEqual({ from: 5, to: 9 });
    expect(selectLine(from5, 2, true)).toEqual({ from: 2, to: 5 });
    expect(selectLine({ from: 2, to: 9 }, 7, false)).toEqual({
      from: 7,
      to: 7,
    });
  });
});
