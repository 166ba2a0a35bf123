import {
  isNamespaceChange,
  type NamespacePage,
  type NamespaceQuery,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { usePagedList, type PagedList } from '../../../components/List';
import { useUrlState } from '../../../hooks/useUrlState';
import { useWorkspace } from '../../../hooks/useWorkspace';

type Sort = NamespaceQuery['sort'];

const SORTS: readonly Sort[] = [
  ...(['name', '-name', 'created', '-created', 'used', '-used'] as const),
];

/** The list of namespaces. */
export interface NamespaceList extends PagedList<NamespacePage> {
  sort: Sort;
}

/** Loads the namespaces of the workspace that the address describes. */
export function useNamespaceList(): NamespaceList {
  const api = useAmambaApi();
  const workspace = useWorkspace().name;
  const url = useUrlState();
  const sort = SORTS.find(known => known === url.get('sort')) ?? 'name';
  const over = url.get('over') === 'true' ? ('true' as const) : undefined;
  const filters = { q: url.get('q'), cluster: url.get('cluster'), over };
  const list = usePagedList({
    scope: [workspace],
    filters,
    order: { sort },
    load: (page, signal) =>
      api.call(
        'listNamespaces',
        {
          params: { workspace },
          query: { ...filters, sort, ...page },
        },
        { signal },
      ),
    matches: change => isNamespaceChange(change, workspace),
  });
  return { ...list, sort };
}
