import {
  isKubeKind,
  kubeObjectsOf,
  matchesLabels,
  matchesSelector,
  type KubeObject,
  type KubeStatefulSet,
} from '../objects';
import { ingressServices } from '../health';
import { podReferences, podTemplateOf } from './references';

/** How one object leads to another. */
export type TopologyRelation =
  /** an Ingress sends to a Service */
  | 'routes'
  /** a Service finds the pods of a workload */
  | 'selects'
  | 'owns'
  | 'mounts'
  /** an autoscaler */
  | 'scales'
  /** a disruption budget */
  | 'guards';

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: TopologyRelation;
}

/** Names an object within its namespace. */
export function topologyId(kind: string, name: string): string {
  return `${kind}/${name}`;
}

function idOf({ kind, metadata }: KubeObject): string {
  return topologyId(kind, metadata.name);
}

/** Who owns whom, by uid; a controller before other owners. */
function ownership(
  objects: readonly KubeObject[],
): Map<KubeObject, KubeObject> {
  const byUid = new Map<string, KubeObject>();
  for (const object of objects) {
    if (object.metadata.uid) byUid.set(object.metadata.uid, object);
  }
  const owners = new Map<KubeObject, KubeObject>();
  for (const object of objects) {
    const references = object.metadata.ownerReferences ?? [];
    const reference =
      references.find(({ controller }) => controller) ?? references[0];
    const owner = reference && byUid.get(reference.uid);
    // An Application may own everything without being a part of the flow.
    if (owner && !isKubeKind(owner, 'Application')) owners.set(object, owner);
  }
  return owners;
}

function claimsOf(
  { metadata, spec }: KubeStatefulSet,
  claims: readonly string[],
): string[] {
  const starts = (spec?.volumeClaimTemplates ?? []).map(
    template => `${template.metadata?.name ?? ''}-${metadata.name}-`,
  );
  return claims.filter(name =>
    starts.some(
      start => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)),
    ),
  );
}

/** Everything that leads from one object to another. What is referred to need not be there. */
export function topologyEdges(objects: readonly KubeObject[]): TopologyEdge[] {
  const edges = new Map<string, TopologyEdge>();
  const add = (from: string, to: string, relation: TopologyRelation) => {
    edges.set(`${from} ${to} ${relation}`, { from, to, relation });
  };
  const owners = ownership(objects);
  for (const [object, owner] of owners) add(idOf(owner), idOf(object), 'owns');
  // What nobody else makes: workloads, and pods that were made by hand.
  const workloads = objects.filter(
    object => podTemplateOf(object) && !owners.has(object),
  );
  const claims = kubeObjectsOf(objects, 'PersistentVolumeClaim').map(
    ({ metadata }) => metadata.name,
  );
  const services = kubeObjectsOf(objects, 'Service');
  const budgets = kubeObjectsOf(objects, 'PodDisruptionBudget');
  for (const workload of workloads) {
    const id = idOf(workload);
    const template = podTemplateOf(workload);
    const labels = template?.metadata?.labels;
    for (const service of services) {
      const selector = service.spec?.selector ?? {};
      const selects =
        Object.keys(selector).length > 0 && matchesLabels(selector, labels);
      if (selects) add(idOf(service), id, 'selects');
    }
    for (const budget of budgets) {
      if (matchesSelector(budget.spec?.selector, labels)) {
        add(idOf(budget), id, 'guards');
      }
    }
    for (const { kind, name } of podReferences(template?.spec)) {
      add(id, topologyId(kind, name), 'mounts');
    }
    if (isKubeKind(workload, 'StatefulSet')) {
      for (const claim of claimsOf(workload, claims)) {
        add(id, topologyId('PersistentVolumeClaim', claim), 'mounts');
      }
    }
  }
  for (const ingress of kubeObjectsOf(objects, 'Ingress')) {
    for (const service of ingressServices(ingress)) {
      add(idOf(ingress), topologyId('Service', service), 'routes');
    }
    for (const { secretName } of ingress.spec?.tls ?? []) {
      if (secretName) {
        add(idOf(ingress), topologyId('Secret', secretName), 'mounts');
      }
    }
  }
  for (const autoscaler of kubeObjectsOf(objects, 'HorizontalPodAutoscaler')) {
    const target = autoscaler.spec?.scaleTargetRef;
    if (target) {
      add(idOf(autoscaler), topologyId(target.kind, target.name), 'scales');
    }
  }
  return [...edges.values()];
}
