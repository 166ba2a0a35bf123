import fc from 'fast-check';
import { pods, namespaces } from '../cache/kinds';
import {
  checkFieldSelector,
  checkLabelSelector,
  collectionPath,
  objectPath,
} from './paths';
import type { ResourceType } from './types';

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '.',
    '..',
    '../../secrets',
    'a/../b',
    'a%2f..%2fb',
    'a?watch=1',
    'a#b',
    'a\nb',
    'a b',
    'A',
    'a;b',
    'x'.repeat(300),
    'a\\b',
    'a\u0000',
    '\ud800',
    'kube-system/pods/x',
  ),
);

/** Where a server finds itself that gets this address. */
function segments(text: string): string[] {
  return new URL(text, 'https://cluster.test').pathname.split('/').slice(1);
}

function orRefused(address: () => string): string | undefined {
  try {
    return address();
  } catch (error) {
    expect(error).toMatchObject({ name: 'InputError' });
    return undefined;
  }
}

describe('addresses of objects', () => {
  it('are those of Kubernetes', () => {
    const deployments: ResourceType = {
      group: 'apps',
      version: 'v1',
      plural: 'deployments',
      kind: 'Deployment',
      namespaced: true,
    };
    expect(
      objectPath(deployments, { namespace: 'a', name: 'web' }, 'scale').text,
    ).toBe('/apis/apps/v1/namespaces/a/deployments/web/scale');
    expect(collectionPath(pods, undefined).text).toBe('/api/v1/pods');
    expect(objectPath(namespaces, { name: 'a' }).text).toBe(
      '/api/v1/namespaces/a',
    );
    expect(
      objectPath(
        {
          group: 'rbac.authorization.k8s.io',
          version: 'v1',
          plural: 'clusterroles',
          kind: 'ClusterRole',
          namespaced: false,
        },
        { name: 'system:node' },
      ).text,
    ).toBe('/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode');
  });

  it('hold one segment for a namespace and one for a name, whatever these are', () => {
    fc.assert(
      fc.property(HOSTILE, HOSTILE, (namespace, name) => {
        const address = orRefused(
          () => objectPath(pods, { namespace, name }, 'log').text,
        );
        if (address === undefined) return;
        const found = segments(address);
        expect(found.map(decodeURIComponent)).toEqual([
          'api',
          'v1',
          'namespaces',
          namespace,
          'pods',
          name,
          'log',
        ]);
        expect(new URL(address, 'https://x.test').search).toBe('');
      }),
    );
  });

  it('refuse kinds that are none', () => {
    fc.assert(
      fc.property(HOSTILE, HOSTILE, HOSTILE, (group, version, plural) => {
        const address = orRefused(
          () =>
            collectionPath(
              { group, version, plural, kind: 'X', namespaced: true },
              'team',
            ).text,
        );
        if (address === undefined) return;
        expect(segments(address).slice(-3)).toEqual([
          'namespaces',
          'team',
          plural,
        ]);
      }),
    );
  });

  it.each([
    [
      'a namespace for what has none',
      () => objectPath(namespaces, { namespace: 'a', name: 'b' }),
    ],
    ['no namespace for what has one', () => objectPath(pods, { name: 'b' })],
    [
      'an unknown part',
      () => objectPath(pods, { namespace: 'a', name: 'b' }, 'proxy'),
    ],
  ])('refuse %s', (_name, address) => {
    expect(address).toThrow(expect.objectContaining({ name: 'InputError' }));
  });
});

describe('selectors', () => {
  it.each(['app=web', 'a.io/b in (x,y),!c', '', 'tier!=db'])(
    'take %j',
    selector => {
      expect(checkLabelSelector(selector)).toBe(selector);
    },
  );
  it.each(['a=b;c', 'a in (x', '=', 'a=b&limit=0'])('refuse %j', selector => {
    expect(() => checkLabelSelector(selector)).toThrow('label selector');
  });
  it('refuse what is too long', () => {
    expect(() => checkLabelSelector('x'.repeat(5_000))).toThrow('too long');
  });
  it.each(['metadata.name=web', 'status.phase!=Running,spec.nodeName=n1'])(
    'take the fields %j',
    selector => {
      expect(checkFieldSelector(selector)).toBe(selector);
    },
  );
  it.each(['', 'a', 'a=b c', '=x', 'a=b&c'])('refuse the fields %j', text => {
    expect(() => checkFieldSelector(text)).toThrow('no field selector');
  });
});
