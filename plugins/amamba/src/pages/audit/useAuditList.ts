import type {
  AuditPage,
  AuditResult,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { usePagedList, type PagedList } from '../../components/List';
import { useUrlState } from '../../hooks/useUrlState';
import { useWorkspace } from '../../hooks/useWorkspace';

/** How an audited change can have ended, in the order of the filter. */
export const RESULTS: readonly AuditResult[] = ['done', 'failed', 'refused'];

/** The audit: filters from the address, rows from the backend. */
export type AuditList = PagedList<AuditPage>;

/** A time of the address as the contract has it; undefined when it is none. */
function instant(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * Loads the audit that the address describes: its times are `since` and `until`, because `from` is the place in the
 * list.
 */
export function useAuditList(): AuditList {
  const api = useAmambaApi();
  const workspace = useWorkspace().name;
  const url = useUrlState();
  const [since, until] = ['since', 'until'].map(name => instant(url.get(name)));
  const filters = {
    q: url.get('q'),
    who: url.get('who'),
    what: url.get('what'),
    result: RESULTS.find(result => result === url.get('result')),
  };
  return usePagedList({
    scope: [workspace],
    filters: { ...filters, since, until },
    load: (page, signal) =>
      api.call(
        'listAudit',
        {
          params: { workspace },
          query: { ...filters, from: since, to: until, ...page },
        },
        { signal },
      ),
    matches: change => change.workspace === workspace,
  });
}
