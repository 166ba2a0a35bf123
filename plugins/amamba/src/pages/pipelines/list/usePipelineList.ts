import {
  isPipelineChange,
  type PipelinePage,
  type PipelineSort,
  type SortOrder,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import {
  knownValues,
  usePagedList,
  type PagedList,
} from '../../../components/List';
import { RUN_STATES } from '../../../components/Status';
import { useUrlState } from '../../../hooks/useUrlState';
import { usePlace } from '../../../hooks/useWorkspace';

const SORTS: readonly PipelineSort[] = ['name', 'lastRun', 'created', 'state'];

/** The list of pipelines. */
export interface PipelineList extends PagedList<PipelinePage> {
  sort: PipelineSort;
  order: SortOrder;
}

/** Loads the pipelines of the workspace, or of the entity on its tab, that the address describes. */
export function usePipelineList(): PipelineList {
  const api = useAmambaApi();
  const { workspace, entityRef } = usePlace();
  const url = useUrlState();
  const sort = SORTS.find(name => name === url.get('sort')) ?? 'name';
  const order: SortOrder = url.get('order') === 'desc' ? 'desc' : 'asc';
  const filters = {
    q: url.get('q'),
    state: knownValues(url, 'state', RUN_STATES),
  };
  const list = usePagedList({
    scope: [workspace.name, entityRef],
    filters,
    order: { sort, order },
    load: (page, signal) =>
      api.call(
        'listPipelines',
        {
          params: { workspace: workspace.name },
          query: { ...filters, entity: entityRef, sort, order, ...page },
        },
        { signal },
      ),
    matches: change => isPipelineChange(change, workspace.name),
  });
  return { ...list, sort, order };
}
