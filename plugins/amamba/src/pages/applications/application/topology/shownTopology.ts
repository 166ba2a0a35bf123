import type {
  PodSummary,
  Topology,
  TopologyNode,
} from '@amamba/backstage-plugin-amamba-common';

/** Whether a node stands for many pods. */
export function isFold({ count }: TopologyNode): boolean {
  return count !== undefined;
}

/**
 * The topology with some of its folds opened: their pods stand beside the fold, as far as they are known.
 * @param pods - the application's
 * @param open - ids of the folds that are opened
 */
export function withOpenFolds(
  { nodes, edges }: Topology,
  pods: readonly PodSummary[],
  open: ReadonlySet<string>,
): Topology {
  const known = new Set(nodes.map(({ id }) => id));
  const added: TopologyNode[] = [];
  const addedEdges: Topology['edges'] = [];
  for (const fold of nodes.filter(node => isFold(node) && open.has(node.id))) {
    const owners = edges.filter(({ to }) => to === fold.id);
    for (const pod of pods.filter(({ owner }) => owner === fold.name)) {
      const id = `Pod/${pod.name}`;
      if (known.has(id)) continue;
      const { name, health, phrase } = pod;
      added.push({
        ...{ id, kind: 'Pod', name, health },
        layer: fold.layer,
        facts: [phrase],
      });
      for (const { from, relation } of owners) {
        addedEdges.push({ from, to: id, relation });
      }
    }
  }
  return { nodes: [...nodes, ...added], edges: [...edges, ...addedEdges] };
}

const PROBLEMS = ['failed', 'unstable', 'missing', 'unknown'];

/** A node that somebody should look at. */
export function isProblem({ health }: TopologyNode): boolean {
  return PROBLEMS.includes(health.status);
}
