import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { connectionOf, credentialOf, type Surroundings } from './connection';

const OWN_CA = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

function surroundings(
  files: Record<string, string>,
  env: Record<string, string> = {},
): Surroundings {
  return { env, readFile: async path => files[path] };
}

function details(given: Partial<ClusterDetails> = {}): ClusterDetails {
  return {
    name: 'blue',
    url: 'https://blue.test',
    authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
    ...given,
  };
}

const POD = { KUBERNETES_SERVICE_HOST: '10.0.0.1' };

describe('connectionOf', () => {
  it.each<
    [
      string,
      Partial<ClusterDetails>,
      Record<string, string>,
      Record<string, string>,
      object,
    ]
  >([
    [
      "the pod's own account",
      {},
      { [OWN_CA]: 'own' },
      { ...POD, KUBERNETES_SERVICE_PORT: '443' },
      { url: 'https://10.0.0.1:443', ca: 'own' },
    ],
    [
      'the same over IPv6',
      {},
      { [OWN_CA]: 'own' },
      { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' },
      { url: 'https://[fd00::1]:443' },
    ],
    [
      'a configured token, also inside of a cluster',
      {
        authMetadata: {
          'kubernetes.io/auth-provider': 'serviceAccount',
          serviceAccountToken: 't',
        },
      },
      { [OWN_CA]: 'own' },
      POD,
      { url: 'https://blue.test', ca: undefined },
    ],
    [
      'another provider inside of a cluster',
      { authMetadata: { 'kubernetes.io/auth-provider': 'aws' } },
      { [OWN_CA]: 'own' },
      POD,
      { url: 'https://blue.test' },
    ],
    [
      'caFile before caData',
      { caFile: '/ca', caData: Buffer.from('data').toString('base64') },
      { '/ca': 'file' },
      {},
      { ca: 'file' },
    ],
  ])('%s', async (_name, given, files, env, expected) => {
    await expect(
      connectionOf(details(given), surroundings(files, env)),
    ).resolves.toMatchObject(expected);
  });

  it('names the cluster whose caFile is missing', async () => {
    await expect(
      connectionOf(details({ caFile: '/ca' }), surroundings({})),
    ).rejects.toThrow('The caFile of cluster "blue" cannot be read');
  });
});

describe('credentialOf', () => {
  it('knows all forms', () => {
    expect(
      credentialOf({
        type: 'x509 client certificate',
        cert: 'c',
        key: 'k',
      }),
    ).toEqual({ type: 'certificate', cert: 'c', key: 'k' });
    expect(credentialOf({ type: 'anonymous' })).toEqual({ type: 'anonymous' });
  });
});
