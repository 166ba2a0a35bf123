import type { Health } from '../health';
import { isKubeKind, type KubeObject, type KubeReplicaSet } from '../objects';
import { topologyEdges, topologyId, type TopologyEdge } from './edges';

/** A node of the picture. */
export interface TopologyObjectNode {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** column, from what traffic enters by to what is used */
  readonly layer: number;
  readonly health?: Health;
  /** absent for what is referred to and not at hand, and for folded pods */
  readonly object?: KubeObject;
  /** it is referred to, and known not to be there */
  readonly missing?: boolean;
  /** this many pods stand behind the node */
  readonly count?: number;
}

/** What leads to what. */
export interface ObjectTopology {
  readonly nodes: readonly TopologyObjectNode[];
  readonly edges: readonly TopologyEdge[];
}

/** What is drawn of a namespace. */
export interface TopologyOptions {
  /** what the picture is about; everything when absent */
  readonly isRoot?: (object: KubeObject) => boolean;
  readonly healthOf?: (object: KubeObject) => Health;
  /** kinds of which all objects of the namespace are given: what is referred to and not among them is missing */
  readonly complete?: ReadonlySet<string>;
  /** a set with more pods than this shows only those in trouble, and the others as one node; 8 when absent */
  readonly foldAbove?: number;
}

const LAYERS: Readonly<Record<string, number>> = {
  Ingress: 0,
  Service: 1,
  HorizontalPodAutoscaler: 1,
  PodDisruptionBudget: 1,
  ReplicaSet: 3,
  Job: 3,
  ConfigMap: 3,
  Secret: 3,
  PersistentVolumeClaim: 3,
  Pod: 4,
};

/** At most so many pods in trouble are shown each for itself. */
const MAX_TROUBLED = 20;

/** A ReplicaSet that a Deployment has left behind. */
function isLeftBehind(object: KubeObject): boolean {
  if (!isKubeKind(object, 'ReplicaSet')) return false;
  const { spec, status }: KubeReplicaSet = object;
  return (
    (spec?.replicas ?? 1) === 0 &&
    (status?.replicas ?? 0) === 0 &&
    (object.metadata.ownerReferences ?? []).length > 0
  );
}

type Adjacency = ReadonlyMap<string, readonly TopologyEdge[]>;

function adjacency(
  edges: readonly TopologyEdge[],
  key: 'from' | 'to',
): Adjacency {
  const map = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    const list = map.get(edge[key]);
    if (list) list.push(edge);
    else map.set(edge[key], [edge]);
  }
  return map;
}

/** Everything below the roots, and whatever leads to it; what merely uses the same ConfigMap does not come along. */
function reachable(
  roots: readonly string[],
  edges: readonly TopologyEdge[],
): ReadonlySet<string> {
  const down = adjacency(edges, 'from');
  const up = adjacency(edges, 'to');
  const below = new Set(roots);
  for (const id of below) {
    for (const { to } of down.get(id) ?? []) below.add(to);
  }
  const used = new Set(
    edges.filter(({ relation }) => relation === 'mounts').map(({ to }) => to),
  );
  const above = new Set([...below].filter(id => !used.has(id)));
  for (const id of above) {
    for (const { from, relation } of up.get(id) ?? []) {
      if (relation !== 'mounts') above.add(from);
    }
  }
  return new Set([...below, ...above]);
}

/** Puts the healthy pods of large sets together. */
function foldPods(
  nodes: readonly TopologyObjectNode[],
  edges: readonly TopologyEdge[],
  foldAbove: number,
): ObjectTopology {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const folded = new Set<string>();
  const extra: TopologyObjectNode[] = [];
  const extraEdges: TopologyEdge[] = [];
  for (const [owner, owned] of adjacency(edges, 'from')) {
    const pods = owned.flatMap(({ to, relation }) => {
      const node = byId.get(to);
      return relation === 'owns' && node?.kind === 'Pod' ? [node] : [];
    });
    if (pods.length <= foldAbove) continue;
    const shown = new Set(
      pods
        .filter(({ health }) => health && health.status !== 'ok')
        .slice(0, MAX_TROUBLED)
        .map(({ id }) => id),
    );
    const hidden = pods.filter(({ id }) => !shown.has(id));
    if (hidden.length < 2) continue;
    hidden.forEach(({ id }) => folded.add(id));
    const id = topologyId('Pods', owner);
    const health = hidden.find(pod => pod.health?.status !== 'ok')?.health;
    extra.push({
      id,
      kind: 'Pod',
      name: owner.slice(owner.indexOf('/') + 1),
      layer: LAYERS.Pod,
      health: health ?? hidden[0].health,
      count: hidden.length,
    });
    extraEdges.push({ from: owner, to: id, relation: 'owns' });
  }
  return {
    nodes: [...nodes.filter(({ id }) => !folded.has(id)), ...extra],
    edges: [
      ...edges.filter(({ from, to }) => !folded.has(from) && !folded.has(to)),
      ...extraEdges,
    ],
  };
}

/**
 * What leads to what in a namespace: Ingress to Service to workload to ReplicaSet to pods, with configuration, volumes, autoscalers and
 * disruption budgets. Objects of watch caches will do.
 * @param objects - of one namespace
 */
export function objectTopology(
  objects: readonly KubeObject[],
  {
    isRoot = () => true,
    healthOf,
    complete = new Set(),
    foldAbove = 8,
  }: TopologyOptions = {},
): ObjectTopology {
  const present = objects.filter(object => !isLeftBehind(object));
  const byId = new Map(
    present.map(object => [
      topologyId(object.kind, object.metadata.name),
      object,
    ]),
  );
  const edges = topologyEdges(present);
  const roots = [...byId].filter(([, object]) => isRoot(object));
  const wanted = reachable(
    roots.map(([id]) => id),
    edges,
  );
  const nodes = [...wanted].map((id): TopologyObjectNode => {
    const object = byId.get(id);
    const slash = id.indexOf('/');
    const kind = id.slice(0, slash);
    return {
      id,
      kind,
      name: id.slice(slash + 1),
      layer: LAYERS[kind] ?? 2,
      ...(object && { object, health: healthOf?.(object) }),
      ...(!object &&
        complete.has(kind) && { missing: true, health: { status: 'missing' } }),
    };
  });
  const kept = edges.filter(
    ({ from, to }) => wanted.has(from) && wanted.has(to),
  );
  return foldPods(nodes, kept, foldAbove);
}
