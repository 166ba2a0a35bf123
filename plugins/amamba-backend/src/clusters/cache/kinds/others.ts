import type {
  KubeApplication,
  KubeHorizontalPodAutoscaler,
  KubeIngress,
  KubeNamespace,
  KubeObject,
  KubePersistentVolumeClaim,
  KubePodDisruptionBudget,
  KubeResourceQuota,
  KubeService,
} from '@amamba/backstage-plugin-amamba-common';
import type { ResourceType } from '../../client/types';
import { pick } from '../pick';
import type { KindDescriptor } from '../types';
import { CONDITION } from './podSpec';
import type { KubeEndpointSlice, KubeLimitRange, KubeNode } from './ownObjects';

const CORE = { group: '', version: 'v1', namespaced: true };
const CONDITIONS_APART = ['status.conditions'];

/** A kind of which only metadata is ever read. */
function metadataOnly(type: ResourceType): KindDescriptor<KubeObject> {
  return { ...type, metadataOnly: true, keep: pick<KubeObject>(type) };
}

const SERVICE = { ...CORE, plural: 'services', kind: 'Service' };
export const services: KindDescriptor<KubeService> = {
  ...SERVICE,
  keep: pick<KubeService>(SERVICE, {
    spec: {
      type: true,
      clusterIP: true,
      externalName: true,
      selector: true,
      ports: {
        name: true,
        protocol: true,
        port: true,
        targetPort: true,
        nodePort: true,
      },
    },
    status: { loadBalancer: { ingress: { ip: true, hostname: true } } },
  }),
};

const INGRESS: ResourceType = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingresses',
  kind: 'Ingress',
  namespaced: true,
};
export const ingresses: KindDescriptor<KubeIngress> = {
  ...INGRESS,
  keep: pick<KubeIngress>(INGRESS, {
    spec: {
      ingressClassName: true,
      defaultBackend: true,
      tls: true,
      rules: true,
    },
    status: { loadBalancer: { ingress: { ip: true, hostname: true } } },
  }),
};

const AUTOSCALER: ResourceType = {
  group: 'autoscaling',
  version: 'v2',
  plural: 'horizontalpodautoscalers',
  kind: 'HorizontalPodAutoscaler',
  namespaced: true,
};
export const horizontalPodAutoscalers: KindDescriptor<KubeHorizontalPodAutoscaler> =
  {
    ...AUTOSCALER,
    keep: pick<KubeHorizontalPodAutoscaler>(AUTOSCALER, {
      spec: { scaleTargetRef: true, minReplicas: true, maxReplicas: true },
      status: {
        currentReplicas: true,
        desiredReplicas: true,
        conditions: CONDITION,
      },
    }),
    unshared: CONDITIONS_APART,
  };

const CLAIM = {
  ...CORE,
  plural: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
};
export const persistentVolumeClaims: KindDescriptor<KubePersistentVolumeClaim> =
  {
    ...CLAIM,
    keep: pick<KubePersistentVolumeClaim>(CLAIM, {
      spec: {
        storageClassName: true,
        volumeName: true,
        accessModes: true,
        resources: { requests: true },
      },
      status: { phase: true, capacity: true, conditions: CONDITION },
    }),
    unshared: CONDITIONS_APART,
  };

const BUDGET: ResourceType = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
};
export const podDisruptionBudgets: KindDescriptor<KubePodDisruptionBudget> = {
  ...BUDGET,
  keep: pick<KubePodDisruptionBudget>(BUDGET, {
    spec: { selector: true, minAvailable: true, maxUnavailable: true },
    status: {
      currentHealthy: true,
      desiredHealthy: true,
      disruptionsAllowed: true,
      expectedPods: true,
      conditions: CONDITION,
    },
  }),
  unshared: CONDITIONS_APART,
};

/** Names and labels of ConfigMaps; their data is read when somebody looks at one. */
export const configMaps = metadataOnly({
  ...CORE,
  plural: 'configmaps',
  kind: 'ConfigMap',
});

/** Names and labels of Secrets. What is in them never comes into the cache. */
export const secrets = metadataOnly({
  ...CORE,
  plural: 'secrets',
  kind: 'Secret',
});

const NAMESPACE = {
  ...CORE,
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
export const namespaces: KindDescriptor<KubeNamespace> = {
  ...NAMESPACE,
  keep: pick<KubeNamespace>(NAMESPACE, {
    status: { phase: true, conditions: CONDITION },
  }),
  unshared: CONDITIONS_APART,
};

const QUOTA = { ...CORE, plural: 'resourcequotas', kind: 'ResourceQuota' };
export const resourceQuotas: KindDescriptor<KubeResourceQuota> = {
  ...QUOTA,
  keep: pick<KubeResourceQuota>(QUOTA, {
    spec: { hard: true },
    status: { hard: true, used: true },
  }),
};

const LIMIT_RANGE = { ...CORE, plural: 'limitranges', kind: 'LimitRange' };
export const limitRanges: KindDescriptor<KubeLimitRange> = {
  ...LIMIT_RANGE,
  keep: pick<KubeLimitRange>(LIMIT_RANGE, { spec: { limits: true } }),
};

const ENDPOINT_SLICE: ResourceType = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};
export const endpointSlices: KindDescriptor<KubeEndpointSlice> = {
  ...ENDPOINT_SLICE,
  keep: pick<KubeEndpointSlice>(ENDPOINT_SLICE, {
    endpoints: {
      conditions: { ready: true },
      targetRef: { kind: true, name: true, uid: true },
    },
    ports: { name: true, port: true, protocol: true },
  }),
  unshared: ['endpoints'],
};

const APPLICATION: ResourceType = {
  group: 'app.k8s.io',
  version: 'v1beta1',
  plural: 'applications',
  kind: 'Application',
  namespaced: true,
};
/** `app.k8s.io`; not served everywhere: then there are no rows, and the status says so. */
export const applications: KindDescriptor<KubeApplication> = {
  ...APPLICATION,
  keep: pick<KubeApplication>(APPLICATION, {
    spec: {
      selector: true,
      componentKinds: true,
      assemblyPhase: true,
      addOwnerRef: true,
      descriptor: true,
    },
    status: {
      observedGeneration: true,
      componentsReady: true,
      conditions: CONDITION,
    },
  }),
  unshared: CONDITIONS_APART,
};

const NODE = { ...CORE, plural: 'nodes', kind: 'Node', namespaced: false };
/** Without the time of the heartbeats, so that they are no changes. */
export const nodes: KindDescriptor<KubeNode> = {
  ...NODE,
  keep: pick<KubeNode>(NODE, {
    spec: { unschedulable: true, taints: true },
    status: {
      allocatable: { cpu: true, memory: true, pods: true },
      nodeInfo: { kubeletVersion: true },
      conditions: CONDITION,
    },
  }),
  unshared: CONDITIONS_APART,
};
