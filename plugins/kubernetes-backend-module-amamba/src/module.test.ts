import {
  kubernetesAccessRef,
  type KubernetesAccessSlot,
} from '@amamba/backstage-plugin-amamba-node';
import {
  createBackendModule,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import {
  kubernetesAuthStrategyExtensionPoint,
  type AuthenticationStrategy,
} from '@backstage/plugin-kubernetes-node';
import kubernetesModule from '.';

const CA = '-----BEGIN CERTIFICATE-----';

const CLUSTERS = [
  {
    name: 'blue',
    title: 'Blue',
    url: 'https://blue.test',
    authProvider: 'fixed',
    serviceAccountToken: 'token-of-blue',
    caData: Buffer.from(CA).toString('base64'),
  },
  {
    name: 'people',
    url: 'https://people.test',
    authProvider: 'oidc',
    oidcTokenProvider: 'okta',
    skipTLSVerify: true,
  },
];

const KUBERNETES = {
  serviceLocatorMethod: { type: 'multiTenant' },
  clusterLocatorMethods: [{ type: 'config', clusters: CLUSTERS }],
};

/** Gives the configured token, and then breaks what it was given, to show that it was a copy. */
const strategy: AuthenticationStrategy = {
  async getCredential({ authMetadata }) {
    const token = authMetadata.serviceAccountToken;
    delete authMetadata.serviceAccountToken;
    return { type: 'bearer token', token };
  },
  validateCluster: () => [],
  presentAuthMetadata: metadata => metadata,
};

/** The plugin's own strategies load their libraries by `import()`, which the test runner does not have. */
const strategies = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'test-strategies',
  register(env) {
    env.registerInit({
      deps: { auth: kubernetesAuthStrategyExtensionPoint },
      async init({ auth }) {
        auth.addAuthStrategy('fixed', strategy);
        auth.addAuthStrategy('oidc', strategy);
      },
    });
  },
});

describe('kubernetesModuleAmamba', () => {
  let backend: TestBackend | undefined;
  afterEach(() => backend?.stop());

  /** What another plugin of the same backend finds. */
  async function slot(
    data: object,
    features: BackendFeature[] = [kubernetesPlugin, strategies],
  ): Promise<KubernetesAccessSlot> {
    let found: KubernetesAccessSlot | undefined;
    const reader = createBackendPlugin({
      pluginId: 'reader',
      register(env) {
        env.registerInit({
          deps: { access: kubernetesAccessRef },
          async init({ access }) {
            found = access;
          },
        });
      },
    });
    backend = await startTestBackend({
      features: [
        ...features,
        kubernetesModule,
        reader,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data: { ...data } }),
      ],
    });
    if (!found) throw new Error('the reader was not started');
    return found;
  }

  it.each(['objectsProvider', 'router'])(
    'hands over clusters and credentials through the %s',
    async extensionPoint => {
      const access = await slot({
        kubernetes: KUBERNETES,
        amamba: { kubernetes: { extensionPoint } },
      });
      const { listClusters, getCredential } = await access
        .get()
        .then(found => ({
          listClusters: () => found.listClusters(),
          getCredential: (name: string) => found.getCredential(name),
        }));
      await expect(listClusters()).resolves.toEqual([
        {
          name: 'blue',
          title: 'Blue',
          url: 'https://blue.test',
          ca: CA,
          skipTlsVerify: false,
          authProvider: 'fixed',
          dashboardUrl: undefined,
        },
        expect.objectContaining({
          name: 'people',
          skipTlsVerify: true,
          authProvider: 'oidc',
        }),
      ]);
      for (let time = 0; time < 2; time++) {
        await expect(getCredential('blue')).resolves.toEqual({
          type: 'token',
          token: 'token-of-blue',
        });
      }
      await expect(getCredential('people')).rejects.toThrow(
        /knows only people's own sign-in .* Give the portal a service account/,
      );
      await expect(getCredential('nope')).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    },
  );

  it('stays empty when the portal has no clusters', async () => {
    const access = await slot({});
    expect(access.current).toBeUndefined();
  });

  it('refuses a switch that it does not know', async () => {
    await expect(
      slot({
        kubernetes: KUBERNETES,
        amamba: { kubernetes: { extensionPoint: 'both' } },
      }),
    ).rejects.toThrow(/amamba\.kubernetes\.extensionPoint/);
  });

  it('needs the kubernetes plugin', async () => {
    await expect(slot({ kubernetes: KUBERNETES }, [])).rejects.toThrow(
      /kubernetes\.objects-provider/,
    );
  });
});
