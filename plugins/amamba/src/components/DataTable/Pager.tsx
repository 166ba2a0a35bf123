import Button from '@material-ui/core/Button';
import NavigateBefore from '@material-ui/icons/NavigateBefore';
import NavigateNext from '@material-ui/icons/NavigateNext';
import type { UrlState } from '../../hooks/useUrlState';
import { useAmambaTranslation } from '../../translation';
import { useTableStyles } from './styles';

/** Rows of one page. */
export const PAGE_ROWS = 50;

/** Addresses carry the cursor and, for reading only, the number of the first row. */
export const FIRST_PAGE = {
  after: undefined,
  before: undefined,
  from: undefined,
} as const;

interface Page {
  items: readonly unknown[];
  total: number;
  nextCursor?: string;
  previousCursor?: string;
}

/** Goes from page to page of a keyset-paged list; nothing when there is one page only. */
export function Pager(props: { page: Page; url: UrlState }) {
  const classes = useTableStyles();
  const { t } = useAmambaTranslation();
  const { page, url } = props;
  const { nextCursor, previousCursor } = page;
  if (!nextCursor && !previousCursor) return null;
  const from = Math.max(1, Math.trunc(Number(url.get('from'))) || 1);
  const values = {
    from: String(from),
    to: String(from + page.items.length - 1),
    total: String(page.total),
  };
  return (
    <nav className={classes.pager} aria-label={t('common.pages')}>
      <span>{t('common.rows', values)}</span>
      <Button
        size="small"
        startIcon={<NavigateBefore />}
        disabled={!previousCursor}
        onClick={() =>
          url.set(
            {
              ...FIRST_PAGE,
              before: previousCursor,
              from: from > PAGE_ROWS ? String(from - PAGE_ROWS) : undefined,
            },
            'push',
          )
        }
      >
        {t('common.previous')}
      </Button>
      <Button
        size="small"
        endIcon={<NavigateNext />}
        disabled={!nextCursor}
        onClick={() =>
          url.set(
            {
              ...FIRST_PAGE,
              after: nextCursor,
              from: String(from + page.items.length),
            },
            'push',
          )
        }
      >
        {t('common.next')}
      </Button>
    </nav>
  );
}
