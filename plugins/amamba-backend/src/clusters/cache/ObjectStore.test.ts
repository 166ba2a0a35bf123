import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import fc from 'fast-check';
import { ObjectStore } from './ObjectStore';
import { Pool } from './Pool';
import type { KindDescriptor } from './types';
import { hashOf, sameValue, sizeOf } from './values';

interface Thing extends KubeObject {
  readonly spec?: unknown;
}

const THING: KindDescriptor<Thing> = {
  group: '',
  version: 'v1',
  plural: 'things',
  kind: 'Thing',
  namespaced: true,
  keep: object => structuredClone(object) as Thing,
  unshared: ['spec.list'],
};

const thing = fc.record({
  namespace: fc.constantFrom('a', 'b'),
  name: fc.constantFrom('x', 'y', 'z'),
  owner: fc.constantFrom('o1', 'o2'),
  labels: fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('1', '2'), {
    noNullPrototype: true,
  }),
  list: fc.array(fc.constantFrom({ p: 1 }, { p: 2 }, { q: [1, 'a', null] })),
});
type Given = typeof thing extends fc.Arbitrary<infer T> ? T : never;

function make(given: Given, version: number): Thing {
  const { namespace, name, owner, labels, list } = given;
  return {
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: {
      ...{ namespace, name, labels, uid: `${namespace}-${name}` },
      resourceVersion: String(version),
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Owner', name: owner, uid: owner },
      ],
    },
    spec: { list, same: { in: ['all'] } },
  };
}

describe('ObjectStore', () => {
  it('holds what came last, finds it in all ways, and ends up empty', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom('put', 'put', 'delete'), thing),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(steps, given => {
        const store = new ObjectStore(THING);
        const model = new Map<string, Thing>();
        given.forEach(([what, part], version) => {
          const object = make(part, version);
          const key = object.metadata.uid ?? '';
          const isPut = what === 'put';
          const wasThere = isPut ? model.has(key) : model.delete(key);
          if (isPut) {
            store.upsert(object);
            model.set(key, object);
            return;
          }
          const deleted = store.delete(object.metadata);
          if ((deleted !== undefined) !== wasThere) throw new Error(key);
        });
        const expected = [...model.values()];
        expect([...store.all()]).toHaveLength(expected.length);
        for (const object of expected) {
          const { namespace, name, uid = '' } = object.metadata;
          expect(store.get({ namespace, name })).toEqual(object);
          expect(store.byUid(uid)).toEqual(object);
        }
        for (const namespace of ['a', 'b']) {
          expect(store.inNamespace(namespace)).toHaveLength(
            expected.filter(({ metadata }) => metadata.namespace === namespace)
              .length,
          );
        }
        for (const owner of ['o1', 'o2']) {
          expect(store.ownedBy(owner)).toHaveLength(
            expected.filter(
              ({ metadata }) => metadata.ownerReferences?.[0].uid === owner,
            ).length,
          );
        }
        const json = expected.reduce((sum, object) => sum + sizeOf(object), 0);
        expect(store.keptBytes).toBe(json);
        expect(store.bytes).toBeLessThanOrEqual(json);
        store.clear();
        expect([store.size, store.bytes, store.keptBytes]).toEqual([0, 0, 0]);
      }),
    );
  });

  it('stores equal parts once, and lets nobody change them', () => {
    const store = new ObjectStore(THING);
    const given = { owner: 'o', labels: { k: '1' }, list: [{ p: 1 }] };
    store.upsert(make({ ...given, namespace: 'a', name: 'x' } as Given, 1));
    const { bytes } = store;
    store.upsert(make({ ...given, namespace: 'a', name: 'y' } as Given, 2));
    const [x, y] = store.inNamespace('a');
    expect(x.metadata.labels).toBe(y.metadata.labels);
    expect(x.metadata.ownerReferences).toBe(y.metadata.ownerReferences);
    expect(store.bytes - bytes).toBeLessThan(bytes);
    expect(() => {
      (x.metadata.labels as Record<string, string>).k = '2';
    }).toThrow(TypeError);
  });

  it('is silent about a change of what is not kept', () => {
    const store = new ObjectStore(THING);
    const given: Given = {
      namespace: 'a',
      name: 'x',
      owner: 'o1',
      labels: {},
      list: [],
    };
    expect(store.upsert(make(given, 1))).toBeDefined();
    expect(store.upsert(make(given, 1))).toBeUndefined();
    expect(store.upsert(make(given, 2))).toBeUndefined();
    expect(store.get({ namespace: 'a', name: 'x' })?.metadata).toMatchObject({
      resourceVersion: '2',
    });
    expect(store.upsert(make({ ...given, owner: 'o2' }, 3))).toBeDefined();
  });
});

describe('Pool', () => {
  it('tells values with the same hash apart', () => {
    const seen = new Map<number, string>();
    let pair: [string, string] | undefined;
    for (let n = 0; !pair && n < 400_000; n++) {
      const text = `text-${(n * 7_919).toString(36)}`;
      const other = seen.get(hashOf(text));
      if (other !== undefined) pair = [other, text];
      seen.set(hashOf(text), text);
    }
    if (!pair) throw new Error('no two texts have the same hash');
    const pool = new Pool();
    const [one, two] = pair;
    expect(pool.share(one).value).toBe(one);
    expect(pool.share(two).value).toBe(two);
    pool.share(two);
    expect(pool.size).toBe(2);
    pool.release(one);
    expect(pool.share(two).value).toBe(two);
    for (let n = 0; n < 3; n++) pool.release(two);
    expect([pool.size, pool.bytes]).toEqual([0, 0]);
    expect(pool.release(two)).toBe(0);
  });

  it('knows equal values by their content', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(sameValue(a, b)).toBe(same);
        expect(sameValue(a, structuredClone(a))).toBe(true);
        expect(hashOf(a)).toBe(hashOf(structuredClone(a)));
      }),
    );
  });
});
