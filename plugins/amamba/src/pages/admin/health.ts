import type {
  ClusterHealth,
  EngineHealth,
} from '@amamba/backstage-plugin-amamba-common';
import type { StatusKey } from '../../components/Status';

/** What is missing in a cluster, which somebody could install or grant. */
export function lacking({ capabilities }: ClusterHealth) {
  return capabilities.filter(({ present }) => !present);
}

/** The status of a cluster: one that answers and lacks something has a warning. */
export function clusterStatus(cluster: ClusterHealth): StatusKey {
  switch (cluster.state) {
    case 'ok':
      return lacking(cluster).length > 0 ? 'unstable' : 'ok';
    case 'connecting':
      return 'progressing';
    default:
      return 'failed';
  }
}

const ENGINE: Readonly<Record<EngineHealth['state'], StatusKey>> = {
  ok: 'ok',
  unreachable: 'failed',
  unknown: 'unknown',
};

/** The status of an engine. */
export function engineStatus({ state }: EngineHealth): StatusKey {
  return ENGINE[state];
}

/** What is kept of a cluster, and how old the oldest of it is. */
export function cacheOf({ watches }: Pick<ClusterHealth, 'watches'>) {
  return {
    objects: watches.reduce((sum, watch) => sum + watch.objects, 0),
    bytes: watches.reduce((sum, watch) => sum + watch.bytes, 0),
    ageMs: Math.max(0, ...watches.map(({ ageMs }) => ageMs)),
  };
}
