import type { ChangeSignal } from '@amamba/backstage-plugin-amamba-common';
import { useLive, type Live } from '../../hooks/useLive';
import { useUrlState, type UrlState } from '../../hooks/useUrlState';
import { FIRST_PAGE, PAGE_ROWS } from '../DataTable';

/** The place in a keyset-paged list, as every operation that gives one takes it. */
export interface PagePlace {
  after: string | undefined;
  before: string | undefined;
  limit: number;
}

/** The place that the address names. */
export function pagePlace(url: UrlState): PagePlace {
  return {
    after: url.get('after'),
    before: url.get('before'),
    limit: PAGE_ROWS,
  };
}

/** A list: filters, sorting and page from the address, rows from the backend. */
export interface PagedList<P> {
  url: UrlState;
  live: Live<P>;
  /** some filter is set */
  filtered: boolean;
  /** changes filters or sorting, which goes to the first page */
  filter: (
    values: Readonly<Record<string, string | readonly string[] | undefined>>,
  ) => void;
  /** takes all filters away */
  clear: () => void;
}

/**
 * Loads the list that the address describes, and keeps it fresh.
 * @param options.scope - what the list is of: another workspace or entity is another list
 * @param options.filters - by their names in the address, as they were understood; undefined for those that are not set
 * @param options.order - what else changes the rows: sorting
 * @param options.load - asks for a page
 * @param options.matches - which changes are about it
 */
export function usePagedList<P>(options: {
  scope: readonly (string | undefined)[];
  filters: Readonly<Record<string, string | undefined>>;
  order?: object;
  load: (page: PagePlace, signal: AbortSignal) => Promise<P>;
  matches: (change: ChangeSignal) => boolean;
}): PagedList<P> {
  const url = useUrlState();
  const { scope, filters, order, load, matches } = options;
  const page = pagePlace(url);
  const live = useLive(signal => load(page, signal), {
    key: JSON.stringify([scope, filters, order, page]),
    identity: JSON.stringify(scope),
    matches,
  });
  const filter: PagedList<P>['filter'] = values =>
    url.set({ ...FIRST_PAGE, ...values });
  return {
    url,
    live,
    filtered: Object.values(filters).some(Boolean),
    filter,
    clear: () =>
      filter(
        Object.fromEntries(Object.keys(filters).map(name => [name, undefined])),
      ),
  };
}

/** A list of the address, with only those values that are known; undefined when none is. */
export function knownValues(
  url: UrlState,
  name: string,
  known: readonly string[],
): string | undefined {
  const values = url.list(name).filter(value => known.includes(value));
  return values.length > 0 ? values.join(',') : undefined;
}
