import fc from 'fast-check';
import { fitZoom, scrollAfterZoom, scrollIntoRoom, stepZoom } from './zoom';

describe('zoom', () => {
  it('fits at 100 % at most, 25 % at least', () => {
    const room = { width: 1000, height: 400 };
    expect(fitZoom({ width: 500, height: 100 }, room)).toBe(1);
    expect(fitZoom({ width: 2000, height: 100 }, room)).toBe(0.5);
    expect(fitZoom({ width: 100, height: 1000 }, room)).toBe(0.4);
    expect(fitZoom({ width: 90_000, height: 10 }, room)).toBe(0.25);
    expect(fitZoom({ width: 90_000, height: 10 }, room, 0.6)).toBe(0.6);
    expect(fitZoom({ width: 2000, height: 100 }, { width: 0, height: 0 })).toBe(
      1,
    );
  });

  it('steps between 25 % and 200 %', () => {
    expect(stepZoom(1, 1)).toBe(1.25);
    expect(stepZoom(1.9, 1)).toBe(2);
    expect(stepZoom(0.26, -1)).toBe(0.25);
  });

  it('keeps the point under the mouse', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: 0.25, max: 2, noNaN: true }),
        fc.double({ min: 0.25, max: 2, noNaN: true }),
        (scroll, pointer, from, to) => {
          const after = scrollAfterZoom(scroll, pointer, from, to);
          expect((after + pointer) / to).toBeCloseTo((scroll + pointer) / from);
        },
      ),
    );
  });

  it('scrolls as little as needed', () => {
    expect(scrollIntoRoom(0, 500, 100, 200, 20)).toBe(0);
    expect(scrollIntoRoom(0, 500, 450, 570, 20)).toBe(90);
    expect(scrollIntoRoom(300, 500, 100, 200, 20)).toBe(80);
    expect(scrollIntoRoom(300, 500, 5, 100, 20)).toBe(0);
  });
});
