import type {
  PipelineSort,
  SortOrder,
} from '@amamba/backstage-plugin-amamba-common';
import { knownValues, type PagePlace } from '../../../components/List';
import { RUN_STATES } from '../../../components/Status';
import { useUrlState, type UrlState } from '../../../hooks/useUrlState';

const SORTS: readonly PipelineSort[] = ['name', 'lastRun', 'created', 'state'];

/** Which pipelines, in which order, the address describes. */
export interface PipelineListQuery {
  url: UrlState;
  filters: { q: string | undefined; state: string | undefined };
  sort: PipelineSort;
  order: SortOrder;
}

/** What is asked for to list them. */
export type ListedPipelines = PipelineListQuery['filters'] &
  Pick<PipelineListQuery, 'sort' | 'order'> &
  PagePlace;

/** What the address says of the list of pipelines. */
export function usePipelineQuery(): PipelineListQuery {
  const url = useUrlState();
  return {
    url,
    filters: { q: url.get('q'), state: knownValues(url, 'state', RUN_STATES) },
    sort: SORTS.find(name => name === url.get('sort')) ?? 'name',
    order: url.get('order') === 'desc' ? 'desc' : 'asc',
  };
}
