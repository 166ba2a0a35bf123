import {
  HEALTH_STATUSES,
  isNamespaceChange,
  type ApplicationKind,
  type ApplicationPage,
  type ApplicationQuery,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import {
  knownValues,
  usePagedList,
  type PagedList,
} from '../../../components/List';
import { useUrlState } from '../../../hooks/useUrlState';
import { usePlace } from '../../../hooks/useWorkspace';

const KEYS = ['health', 'name', 'created'] as const;

/** What the list can be sorted by. */
export type ApplicationSort = (typeof KEYS)[number];

/** Kinds of applications, in the order of the filter. */
export const APPLICATION_KINDS = [
  'application',
  'helm',
  'deployment',
  'statefulset',
  'daemonset',
  'cronjob',
  'job',
] as const satisfies readonly ApplicationKind[];

/** The list of applications. */
export interface ApplicationList extends PagedList<ApplicationPage> {
  sort: ApplicationSort;
  order: 'asc' | 'desc';
}

/**
 * Loads the applications of the workspace, or of the entity on its tab, that the address describes. What needs
 * attention comes first unless the reader sorts otherwise.
 */
export function useApplicationList(): ApplicationList {
  const api = useAmambaApi();
  const { workspace, entityRef } = usePlace();
  const url = useUrlState();
  const wanted = url.get('sort') ?? '';
  const sort = KEYS.find(key => key === wanted.replace(/^-/, '')) ?? 'health';
  const order = wanted.startsWith('-') ? 'desc' : 'asc';
  const sorting: ApplicationQuery['sort'] =
    order === 'desc' ? `-${sort}` : sort;
  const filters = {
    q: url.get('q'),
    kind: knownValues(url, 'kind', APPLICATION_KINDS),
    health: knownValues(url, 'health', HEALTH_STATUSES),
    cluster: url.get('cluster'),
    ns: url.get('ns'),
  };
  const list = usePagedList({
    scope: [workspace.name, entityRef],
    filters,
    order: { sorting },
    load: (page, signal) =>
      api.call(
        'listApplications',
        {
          params: { workspace: workspace.name },
          query: { ...filters, entity: entityRef, sort: sorting, ...page },
        },
        { signal },
      ),
    matches: change => isNamespaceChange(change, workspace.name),
  });
  return { ...list, sort, order };
}
