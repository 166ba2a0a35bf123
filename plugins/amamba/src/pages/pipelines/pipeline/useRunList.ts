import { isPipelineChange } from '@amamba/backstage-plugin-amamba-common';
import type { RunPage } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { FIRST_PAGE, PAGE_ROWS } from '../../../components/DataTable';
import { RUN_STATES } from '../../../components/Status';
import { useLive, type Live } from '../../../hooks/useLive';
import { useUrlState, type UrlState } from '../../../hooks/useUrlState';

/** Filters of the list of runs, all empty. */
export const NO_RUN_FILTERS = {
  q: undefined,
  state: undefined,
  branch: undefined,
  by: undefined,
} as const;

/** The list of runs: filters from the address, rows from the backend. */
export interface RunList {
  url: UrlState;
  live: Live<RunPage>;
  filtered: boolean;
  sort: 'newest' | 'oldest';
  /** changes filters or sorting, which goes to the first page */
  filter: (values: Record<string, string | string[] | undefined>) => void;
}

/** Loads the runs of a pipeline that the address describes, and keeps them fresh. */
export function useRunList(pipeline: {
  name: string;
  workspace: string;
}): RunList {
  const api = useAmambaApi();
  const url = useUrlState();
  const { name, workspace } = pipeline;
  const states = url
    .list('state')
    .filter(state => RUN_STATES.some(known => known === state));
  const filters = {
    q: url.get('q'),
    state: states.length ? states.join(',') : undefined,
    branch: url.get('branch'),
    by: url.get('by'),
  };
  const sort = url.get('sort') === 'oldest' ? 'oldest' : 'newest';
  const query = {
    ...filters,
    sort,
    after: url.get('after'),
    before: url.get('before'),
    limit: PAGE_ROWS,
  } as const;
  const live = useLive(
    signal =>
      api.call(
        'listRuns',
        { params: { workspace, pipeline: name }, query },
        { signal },
      ),
    {
      key: JSON.stringify([workspace, name, query]),
      identity: JSON.stringify([workspace, name]),
      matches: change => isPipelineChange(change, workspace, name),
    },
  );
  return {
    url,
    live,
    filtered: Object.values(filters).some(Boolean),
    sort,
    filter: values => url.set({ ...FIRST_PAGE, ...values }),
  };
}
