import type { ReactNode } from 'react';
import type { Warning } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { ActionButton } from '../Action';
import { Banner, StalenessBanner } from '../Banner';
import {
  DataTable,
  Pager,
  useExpiredPage,
  type Column,
  type Sorting,
} from '../DataTable';
import { EmptyState, LiveView } from '../States';
import type { PagedList } from './usePagedList';

interface Page<R> {
  items: readonly R[];
  total: number;
  nextCursor?: string;
  previousCursor?: string;
  /** sources that did not answer */
  warnings?: readonly Warning[];
}

/**
 * A list in all its states: sources that did not answer, a page that is gone, filters, loading, failed, nothing yet,
 * nothing that matches, rows.
 * @param props.filters - the filters; they stay whatever becomes of the rows
 * @param props.failed - the words for "could not be loaded"
 * @param props.noMatch - said when filters leave nothing
 * @param props.empty - shown when there is nothing at all
 * @param props.children - the rows, of which there is one at least
 */
export function ListView<P extends Page<unknown>>(props: {
  list: PagedList<P>;
  filters: ReactNode;
  failed: string;
  noMatch: string;
  empty: ReactNode;
  children: (page: P) => ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const { list, empty } = props;
  const { live, url } = list;
  const expired = useExpiredPage(url, live.error);
  const nothing = list.filtered ? (
    <EmptyState
      title={props.noMatch}
      act={
        <ActionButton onClick={list.clear}>
          {t('common.clearFilters')}
        </ActionButton>
      }
    />
  ) : (
    empty
  );
  return (
    <>
      <StalenessBanner warnings={live.data?.warnings} onRetry={live.retry} />
      {expired && <Banner severity="info">{t('common.pageExpired')}</Banner>}
      {props.filters}
      <LiveView live={live} failed={props.failed}>
        {page => (page.items.length > 0 ? props.children(page) : nothing)}
      </LiveView>
    </>
  );
}

/**
 * The rows of one page, with the way to the others.
 * @param props.id - unique in the plugin; columns and density are kept by it
 * @param props.label - what the rows are
 */
export function PagedTable<R>(props: {
  id: string;
  label: string;
  list: PagedList<unknown>;
  page: Page<R>;
  columns: readonly Column<R>[];
  keyOf: (row: R) => string;
  sorting?: Sorting;
}) {
  const { list, page, ...table } = props;
  return (
    <DataTable
      {...table}
      identity={list.live.dataKey}
      rows={page.items}
      footer={<Pager page={page} url={list.url} />}
    />
  );
}
