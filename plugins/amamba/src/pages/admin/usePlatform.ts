import type {
  ClusterList,
  EndpointOutput,
  endpoints,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { useLive, type Live } from '../../hooks/useLive';

/** The engines as the admin page shows them. */
export type EngineList = EndpointOutput<typeof endpoints.listEngineHealth>;

/** What those who look after the platform look at. No signal tells of it, so it is asked for now and then. */
export interface Platform {
  clusters: Live<ClusterList>;
  engines: Live<EngineList>;
}

const nothing = () => false;

/** Loads clusters and engines; one that does not answer keeps nobody waiting for the other. */
export function usePlatform(): Platform {
  const api = useAmambaApi();
  const clusters = useLive(
    signal => api.call('listClusters', { params: {} }, { signal }),
    { key: 'clusters', matches: nothing },
  );
  const engines = useLive(
    signal => api.call('listEngineHealth', { params: {} }, { signal }),
    { key: 'engines', matches: nothing },
  );
  return { clusters, engines };
}
