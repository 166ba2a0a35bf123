import {
  isPipelineChange,
  type RunPage,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import {
  knownValues,
  usePagedList,
  type PagedList,
} from '../../../components/List';
import { RUN_STATES } from '../../../components/Status';
import { useUrlState } from '../../../hooks/useUrlState';

/** The list of runs. */
export interface RunList extends PagedList<RunPage> {
  sort: 'newest' | 'oldest';
}

/** Loads the runs of a pipeline that the address describes. */
export function useRunList(pipeline: {
  name: string;
  workspace: string;
}): RunList {
  const api = useAmambaApi();
  const url = useUrlState();
  const { name, workspace } = pipeline;
  const filters = {
    q: url.get('q'),
    state: knownValues(url, 'state', RUN_STATES),
    branch: url.get('branch'),
    by: url.get('by'),
  };
  const sort = url.get('sort') === 'oldest' ? 'oldest' : 'newest';
  const list = usePagedList({
    scope: [workspace, name],
    filters,
    order: { sort },
    load: (page, signal) =>
      api.call(
        'listRuns',
        {
          params: { workspace, pipeline: name },
          query: { ...filters, sort, ...page },
        },
        { signal },
      ),
    matches: change => isPipelineChange(change, workspace, name),
  });
  return { ...list, sort };
}
