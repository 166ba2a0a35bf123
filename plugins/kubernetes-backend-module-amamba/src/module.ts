import { kubernetesAccessRef } from '@amamba/backstage-plugin-amamba-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  kubernetesObjectsProviderExtensionPoint,
  kubernetesRouterExtensionPoint,
  type AuthenticationStrategy,
} from '@backstage/plugin-kubernetes-node';
import { readFile } from 'fs/promises';
import { providerOf, type Surroundings } from './connection';
import { PortalClusters } from './PortalClusters';

const SWITCH = 'amamba.kubernetes.extensionPoint';

const surroundings: Surroundings = {
  env: process.env,
  readFile: path => readFile(path, 'utf8').catch(() => undefined),
};

/** One strategy out of the map that a router is given, chosen as the kubernetes plugin chooses. */
function dispatch(
  strategies: Record<string, AuthenticationStrategy>,
): Pick<AuthenticationStrategy, 'getCredential'> {
  return {
    async getCredential(cluster, auth) {
      const provider = providerOf(cluster) ?? '';
      if (!Object.hasOwn(strategies, provider)) {
        throw new NotFoundError(
          `The authProvider "${provider}" of cluster "${cluster.name}" is not known to the kubernetes plugin`,
        );
      }
      return strategies[provider].getCredential(cluster, auth);
    },
  };
}

/**
 * Hands the clusters and credentials of the portal's kubernetes plugin to Amamba, in process. Changes nothing of what that plugin does.
 *
 * It takes one of the plugin's extension points that bear one registration each: the objects provider, or, with
 * `amamba.kubernetes.extensionPoint: router`, the router.
 *
 * @public
 */
export const kubernetesModuleAmamba = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'amamba-access',
  register(env) {
    env.registerInit({
      deps: {
        access: kubernetesAccessRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        objects: kubernetesObjectsProviderExtensionPoint,
        router: kubernetesRouterExtensionPoint,
      },
      async init({ access, auth, config, objects, router }) {
        const point = config.getOptionalString(SWITCH) ?? 'objectsProvider';
        switch (point) {
          case 'objectsProvider':
            objects.addObjectsProvider(async options => {
              access.provide(
                new PortalClusters({
                  supplier: options.clusterSupplier,
                  strategy: options.authStrategy,
                  ...{ auth, surroundings },
                }),
              );
              return options.getDefault();
            });
            break;
          case 'router':
            router.addRouter(options => {
              access.provide(
                new PortalClusters({
                  supplier: options.clusterSupplier,
                  strategy: dispatch(options.authStrategyMap),
                  ...{ auth, surroundings },
                }),
              );
              return options.getDefault();
            });
            break;
          default:
            throw new InputError(
              `Configuration ${SWITCH}: must be objectsProvider or router`,
            );
        }
      },
    });
  },
});
