import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { KubernetesAccess } from './KubernetesAccess';

/**
 * Where the bridge module of the kubernetes plugin leaves {@link KubernetesAccess}, and where Amamba finds it. Both run in one backend process;
 * in another process, or without the module, it stays empty.
 */
export interface KubernetesAccessSlot {
  /** Hands the clusters over. @throws Error when somebody did already */
  provide(access: KubernetesAccess): void;
  /**
   * What was handed over. Stays pending until then, which may be for ever: never await it during start, and always with a limit.
   */
  get(): Promise<KubernetesAccess>;
  /** what was handed over, when it was */
  readonly current: KubernetesAccess | undefined;
}

/** An empty slot. */
export function createKubernetesAccessSlot(): KubernetesAccessSlot {
  let current: KubernetesAccess | undefined;
  let fulfil: (access: KubernetesAccess) => void;
  const provided = new Promise<KubernetesAccess>(resolve => {
    fulfil = resolve;
  });
  return {
    provide(access) {
      if (current) {
        throw new Error('The clusters of the portal were handed over already');
      }
      current = access;
      fulfil(access);
    },
    get: () => provided,
    get current() {
      return current;
    },
  };
}

/** The service of {@link KubernetesAccessSlot}; one for all plugins of a backend. */
export const kubernetesAccessRef = createServiceRef<KubernetesAccessSlot>({
  id: 'amamba.kubernetes-access',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: createKubernetesAccessSlot,
    }),
});
