import type {
  AuditPage,
  AuditResult,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { FIRST_PAGE, PAGE_ROWS } from '../../components/DataTable';
import { useLive, type Live } from '../../hooks/useLive';
import { useUrlState, type UrlState } from '../../hooks/useUrlState';
import { useWorkspace } from '../../hooks/useWorkspace';

/** How an audited change can have ended, in the order of the filter. */
export const RESULTS: readonly AuditResult[] = ['done', 'failed', 'refused'];

/** Filters of the audit, all empty. */
export const NO_AUDIT_FILTERS = {
  q: undefined,
  who: undefined,
  what: undefined,
  result: undefined,
  since: undefined,
  until: undefined,
} as const;

/** The audit: filters from the address, rows from the backend. */
export interface AuditList {
  url: UrlState;
  live: Live<AuditPage>;
  filtered: boolean;
  filter: (values: Record<string, string | undefined>) => void;
}

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
  const filters = {
    q: url.get('q'),
    who: url.get('who'),
    what: url.get('what'),
    result: RESULTS.find(result => result === url.get('result')),
    from: instant(url.get('since')),
    to: instant(url.get('until')),
  };
  const query = {
    ...filters,
    after: url.get('after'),
    before: url.get('before'),
    limit: PAGE_ROWS,
  };
  const live = useLive(
    signal =>
      api.call('listAudit', { params: { workspace }, query }, { signal }),
    { key: JSON.stringify([workspace, query]), identity: workspace },
  );
  return {
    url,
    live,
    filtered: Object.values(filters).some(Boolean),
    filter: values => url.set({ ...FIRST_PAGE, ...values }),
  };
}
