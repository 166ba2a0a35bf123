import fc from 'fast-check';
import { follow, initialFollow, type FollowEvent } from './follow';

const event: fc.Arbitrary<FollowEvent> = fc.oneof(
  fc.boolean().map(running => ({ type: 'run' as const, running })),
  fc.nat(1000).map(lines => ({ type: 'grew' as const, lines })),
  fc.constant({ type: 'reader' as const }),
  fc.constant({ type: 'toggle' as const }),
);
const start = fc
  .tuple(fc.boolean(), fc.boolean())
  .map(([running, atLine]) => initialFollow(running, atLine));

describe('follow', () => {
  it('begins with a run that goes on, unless a line was asked for', () => {
    expect(initialFollow(true, false).following).toBe(true);
    expect(initialFollow(true, true).following).toBe(false);
    expect(initialFollow(false, false).following).toBe(false);
  });

  it('counts what came since it was turned off, and forgets it when turned on', () => {
    let state = initialFollow(true, false);
    state = follow(state, { type: 'grew', lines: 5 });
    expect(state.unseen).toBe(0);
    state = follow(state, { type: 'reader' });
    state = follow(state, { type: 'grew', lines: 300 });
    state = follow(state, { type: 'grew', lines: 42 });
    expect(state).toEqual({ running: true, following: false, unseen: 342 });
    state = follow(state, { type: 'toggle' });
    expect(state).toEqual({ running: true, following: true, unseen: 0 });
  });

  it('is on only while the run goes on', () => {
    fc.assert(
      fc.property(start, fc.array(event), (first, events) => {
        const states = events.reduce(
          (all, next) => [...all, follow(all.at(-1)!, next)],
          [first],
        );
        expect(
          states.filter(({ following, running }) => following && !running),
        ).toEqual([]);
        expect(
          states.filter(({ following, unseen }) => following && unseen > 0),
        ).toEqual([]);
      }),
    );
  });

  it('stays off until the reader turns it on', () => {
    fc.assert(
      fc.property(
        start,
        fc.array(event.filter(({ type }) => type !== 'toggle')),
        (first, events) => {
          const off = follow(first, { type: 'reader' });
          expect(events.reduce(follow, off).following).toBe(false);
        },
      ),
    );
  });
});
