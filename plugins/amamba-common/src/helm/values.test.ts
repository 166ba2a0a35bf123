import fc from 'fast-check';
import type { KubeJson } from '../kubernetes/words';
import { changedValues, mergeValues } from './values';

describe('values of a chart', () => {
  const defaults = {
    image: { repository: 'nginx', tag: '1' },
    hosts: ['a'],
    debug: false,
  };

  it('keep only what differs', () => {
    expect(
      changedValues(defaults, {
        image: { repository: 'nginx', tag: '2' },
        hosts: ['a', 'b'],
        debug: false,
      }),
    ).toEqual({ image: { tag: '2' }, hosts: ['a', 'b'] });
    expect(changedValues(defaults, defaults)).toEqual({});
  });

  it('take a default away with null', () => {
    const written = { image: { tag: '1' }, debug: false };
    const changed = changedValues(defaults, written);
    expect(changed).toEqual({ image: { repository: null }, hosts: null });
    expect(mergeValues(defaults, changed)).toEqual(written);
  });

  it('come out as they were written', () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean());
    const tree: fc.Arbitrary<Record<string, KubeJson>> = fc.letrec<{
      node: KubeJson;
      map: Record<string, KubeJson>;
    }>(tie => ({
      node: fc.oneof({ maxDepth: 3 }, leaf, fc.array(leaf), tie('map')),
      map: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), {
        noNullPrototype: true,
      }),
    })).map;
    fc.assert(
      fc.property(tree, tree, (before, written) => {
        expect(mergeValues(before, changedValues(before, written))).toEqual(
          written,
        );
      }),
    );
  });
});
