import {
  healthAnswer,
  objectTopology,
  type Topology,
} from '@amamba/backstage-plugin-amamba-common';
import type { ApplicationOfCaller } from './ApplicationAccess';
import { factsOf } from './facts';
import { partCandidates, partsOf } from './read/compose';
import { APPLICATION_KINDS, type NamespaceObjects } from './read/gather';
import { healthOf } from './read/workloads';

/** A picture with more nodes than this is no picture any more; what is left out is the farthest from where traffic enters. */
const MAX_NODES = 1_000;

/** How the objects of an application hang together, from the watch caches alone. */
export function topologyOf(
  { entry, view: { objects } }: ApplicationOfCaller,
  now: number,
): Topology {
  const roots = new Set([...partsOf(entry, objects), ...entry.workloads]);
  const all = [
    ...partCandidates(objects),
    ...objects.replicaSets.items,
    ...objects.pods.items,
  ];
  const names = Object.keys(APPLICATION_KINDS) as (keyof NamespaceObjects)[];
  const complete = names.flatMap(name => {
    const { state, served } = objects[name].status;
    return state === 'live' && served ? [APPLICATION_KINDS[name].kind] : [];
  });
  const { nodes, edges } = objectTopology(all, {
    isRoot: object => roots.has(object),
    healthOf: object => healthOf(object, objects, now),
    complete: new Set(complete),
  });
  const shown = [...nodes]
    .sort((a, b) => a.layer - b.layer)
    .slice(0, MAX_NODES);
  const ids = new Set(shown.map(({ id }) => id));
  return {
    nodes: shown.map(({ id, kind, name, layer, health, count, object }) => ({
      ...{ id, kind, name, layer, count },
      health: healthAnswer(health ?? { status: 'unknown' }),
      facts: object ? factsOf(object) : [],
    })),
    edges: edges
      .filter(({ from, to }) => ids.has(from) && ids.has(to))
      .map(({ from, to, relation }) => ({ from, to, relation })),
  };
}
