/** Which images a rollout runs now, and as what. */
import type { RolloutTree } from './tree';
import type { ReplicaSetNode } from './replicaSets';

/** An image with what its pods are to the rollout; `Σ:<template>` is one of an experiment. */
export interface RolloutImage {
  readonly image: string;
  readonly tags: readonly string[];
}

/** Images of ReplicaSets that have pods, by name. */
export function rolloutImages({ revisions }: RolloutTree): RolloutImage[] {
  const found = new Map<string, string[][]>();
  const add = ({ images, replicas }: ReplicaSetNode, tags: string[]) => {
    if (replicas === 0) return;
    for (const image of images) {
      const sources = found.get(image);
      if (sources) sources.push(tags);
      else found.set(image, [tags]);
    }
  };
  for (const { replicaSets } of revisions) {
    for (const node of replicaSets) {
      // in the order in which the controller's own client names them
      add(
        node,
        (
          ['canary', 'stable', 'active', 'preview', 'ping', 'pong'] as const
        ).filter(role => node.roles.includes(role)),
      );
    }
  }
  for (const { experiments } of revisions) {
    for (const { replicaSets } of experiments) {
      for (const node of replicaSets) {
        add(node, node.template ? [`Σ:${node.template}`] : []);
      }
    }
  }
  return [...found]
    .map(([image, sources]) => ({
      image,
      tags:
        sources.length === 1 ? sources[0] : [...new Set(sources.flat())].sort(),
    }))
    .sort((a, b) => (a.image < b.image ? -1 : 1));
}
