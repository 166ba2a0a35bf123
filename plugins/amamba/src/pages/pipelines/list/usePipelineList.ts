import {
  isPipelineChange,
  type PipelinePage,
  type PipelineSort,
  type SortOrder,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { RUN_STATES } from '../../../components/Status';
import { FIRST_PAGE, PAGE_ROWS } from '../../../components/DataTable';
import { useLive, type Live } from '../../../hooks/useLive';
import { useUrlState, type UrlState } from '../../../hooks/useUrlState';
import { usePlace } from '../../../hooks/useWorkspace';

const SORTS: readonly PipelineSort[] = ['name', 'lastRun', 'created', 'state'];

/** The list of pipelines: filters from the address, rows from the backend. */
export interface PipelineList {
  url: UrlState;
  live: Live<PipelinePage>;
  filtered: boolean;
  sort: PipelineSort;
  order: SortOrder;
  /** changes filters or sorting, which goes to the first page */
  filter: (values: Record<string, string | string[] | undefined>) => void;
}

/** Loads the list that the address describes, and keeps it fresh. */
export function usePipelineList(): PipelineList {
  const api = useAmambaApi();
  const { workspace, entityRef } = usePlace();
  const url = useUrlState();
  const sort = SORTS.find(name => name === url.get('sort')) ?? 'name';
  const order: SortOrder = url.get('order') === 'desc' ? 'desc' : 'asc';
  const states = url
    .list('state')
    .filter(state => RUN_STATES.some(known => known === state));
  const query = {
    q: url.get('q'),
    state: states.length ? states.join(',') : undefined,
    entity: entityRef,
    sort,
    order,
    after: url.get('after'),
    before: url.get('before'),
    limit: PAGE_ROWS,
  };
  const live = useLive(
    signal =>
      api.call(
        'listPipelines',
        { params: { workspace: workspace.name }, query },
        { signal },
      ),
    {
      key: JSON.stringify([workspace.name, query]),
      identity: JSON.stringify([workspace.name, entityRef]),
      matches: change => isPipelineChange(change, workspace.name),
    },
  );
  return {
    url,
    live,
    filtered: Boolean(query.q ?? query.state),
    sort,
    order,
    filter: values => url.set({ ...FIRST_PAGE, ...values }),
  };
}
