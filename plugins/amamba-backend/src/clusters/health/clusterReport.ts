import type {
  ClusterState,
  WatchHealth,
} from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import { UpstreamError } from '../../http';
import type { RowsStatus } from '../cache/types';
import { kubernetesDetails } from '../client/errors';
import type { KubernetesClient } from '../client/types';
import type { ClusterReport } from '../types';
import { capabilitiesOf } from './capabilities';

const CHECK_MS = 10_000;
/** Any namespace shows the rights that an account has in the whole cluster. */
const SOME_NAMESPACE = 'default';

function stateOf(error: Error): ClusterState {
  if (!(error instanceof UpstreamError)) return 'unreachable';
  if (error.reason === 'credentials') return 'unauthorized';
  return error.reason === 'permission' ||
    kubernetesDetails(error)?.type === 'policy'
    ? 'forbidden'
    : 'unreachable';
}

/** Caches as the admin page shows them. */
export function watchHealth(
  watches: ReadonlyMap<string, RowsStatus>,
  now = Date.now(),
): WatchHealth[] {
  return [...watches].map(([kind, status]) => ({
    kind,
    state: status.state,
    objects: status.objects,
    bytes: status.bytes,
    ageMs:
      status.state === 'live' || !status.asOf
        ? 0
        : Math.max(0, now - status.asOf.getTime()),
    ...(status.problem !== undefined && { problem: status.problem }),
  }));
}

type Checked = Omit<
  ClusterReport,
  'name' | 'title' | 'authProvider' | 'watches' | 'since'
>;

/** Asks a cluster how it is. Never throws. */
export async function checkCluster(client: KubernetesClient): Promise<Checked> {
  const checkedAt = new Date().toISOString();
  const signal = AbortSignal.timeout(CHECK_MS);
  const call = { signal, timeoutMs: CHECK_MS };
  try {
    const version = await client.version(call);
    // The connection is there now: this is the way to the cluster and back.
    const begin = performance.now();
    await client.version(call);
    const latencyMs = Math.round((performance.now() - begin) * 10) / 10;
    const [discovery, rules] = await Promise.all([
      client.discovery({ ...call, fresh: true }),
      client.rules(SOME_NAMESPACE, call),
    ]);
    return {
      ...{ state: 'ok', version, latencyMs, checkedAt },
      capabilities: capabilitiesOf(discovery, rules),
    };
  } catch (error) {
    const { message } = toError(error);
    return {
      state: stateOf(toError(error)),
      ...{ problem: message, checkedAt, capabilities: [] },
    };
  }
}
