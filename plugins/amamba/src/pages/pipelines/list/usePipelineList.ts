import { useContext } from 'react';
import {
  isPipelineChange,
  type PipelinePage,
  type PipelineSort,
  type SortOrder,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { usePagedList, type PagedList } from '../../../components/List';
import { usePlace } from '../../../hooks/useWorkspace';
import { FirstListContext } from './firstList';
import { usePipelineQuery } from './usePipelineQuery';

/** The list of pipelines. */
export interface PipelineList extends PagedList<PipelinePage> {
  sort: PipelineSort;
  order: SortOrder;
}

/** Loads the pipelines of the workspace, or of the entity on its tab, that the address describes. */
export function usePipelineList(): PipelineList {
  const api = useAmambaApi();
  const first = useContext(FirstListContext);
  const { workspace, entityRef } = usePlace();
  const { filters, sort, order } = usePipelineQuery();
  const list = usePagedList({
    scope: [workspace.name, entityRef],
    filters,
    order: { sort, order },
    load: async (page, signal) => {
      const query = { ...filters, sort, order, ...page };
      return (
        first?.take(query) ??
        api.call(
          'listPipelines',
          {
            params: { workspace: workspace.name },
            query: { ...query, entity: entityRef },
          },
          { signal },
        )
      );
    },
    matches: change => isPipelineChange(change, workspace.name),
  });
  return { ...list, sort, order };
}
