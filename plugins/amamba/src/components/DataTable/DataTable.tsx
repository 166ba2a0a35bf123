import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { useRef, type ReactNode } from 'react';
import { useShortcut } from '../../hooks/shortcuts';
import { useSteadyRows } from '../../hooks/useSteadyRows';
import { useAmambaTranslation } from '../../translation';
import { VisuallyHidden } from '../States';
import { useTableStyles } from './styles';
import { TableOptions, useTablePreferences } from './TableOptions';

/** A column of a {@link DataTable}. */
export interface Column<R> {
  id: string;
  label: string;
  cell: (row: R) => ReactNode;
  /** names the row: its cell is a row header */
  header?: boolean;
  /** a column of buttons: its label is for screen readers only */
  acts?: boolean;
  /** key that the server sorts by */
  sortKey?: string;
  /** holds text of any length without spaces */
  wide?: boolean;
  /** the reader may hide it */
  optional?: boolean;
  /** stands in the second line on a narrow screen */
  second?: boolean;
}

/** How a table is sorted by the server. */
export interface Sorting {
  key: string;
  order: 'asc' | 'desc';
  onSort: (key: string, order: 'asc' | 'desc') => void;
}

/**
 * Rows that the server filtered, sorted and paged. Rows are updated in place; new ones wait while the reader is in the
 * list.
 * @param props.id - unique in the plugin; columns and density are kept by it
 * @param props.label - what the rows are
 * @param props.identity - filters and page that the rows are of: another one shows its rows at once
 * @param props.footer - the pager
 */
export function DataTable<R>(props: {
  id: string;
  label: string;
  identity: string | undefined;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  sorting?: Sorting;
  footer?: ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const classes = useTableStyles();
  const root = useRef<HTMLDivElement>(null);
  const [preferences, setPreferences] = useTablePreferences(props.id);
  const { rows, pending, accept } = useSteadyRows(props.rows, {
    identity: props.identity ?? '',
    keyOf: props.keyOf,
    atRest: () => isAtRest(root.current),
  });
  useShortcut('j', t('common.nextRow'), () => focusRow(root.current, 1));
  useShortcut('k', t('common.previousRow'), () => focusRow(root.current, -1));
  const columns = props.columns.filter(
    ({ id, optional }) => !optional || !preferences.hidden.includes(id),
  );
  return (
    <div>
      {pending !== undefined && (
        <div className={classes.pending} role="status">
          <Button size="small" variant="outlined" onClick={accept}>
            {pending > 0
              ? t('common.newRows', { count: pending })
              : t('common.reordered')}
          </Button>
        </div>
      )}
      <Paper variant="outlined" className={classes.scroll} ref={root}>
        <Table
          role="table"
          aria-label={props.label}
          className={classes.table}
          size={preferences.dense ? 'small' : 'medium'}
        >
          <TableHead role="rowgroup" className={classes.head}>
            <TableRow role="row">
              {columns.map(column => (
                <HeadCell
                  key={column.id}
                  column={column}
                  sorting={props.sorting}
                />
              ))}
            </TableRow>
          </TableHead>
          <TableBody role="rowgroup">
            {rows.map(row => (
              <TableRow
                role="row"
                key={props.keyOf(row)}
                className={classes.row}
              >
                {columns.map(column => (
                  <BodyCell key={column.id} column={column} row={row} />
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Paper>
      {(props.footer || rows.length > 1) && (
        <div className={classes.footer}>
          {rows.length > 1 && (
            <TableOptions
              columns={props.columns}
              preferences={preferences}
              onChange={setPreferences}
            />
          )}
          {props.footer}
        </div>
      )}
    </div>
  );
}

function HeadCell<R>(props: { column: Column<R>; sorting?: Sorting }) {
  const classes = useTableStyles();
  const { id, label, sortKey, acts } = props.column;
  const { sorting } = props;
  if (acts) {
    return (
      <TableCell
        key={id}
        className={classes.headCell}
        role="columnheader"
        scope="col"
      >
        <VisuallyHidden>{label}</VisuallyHidden>
      </TableCell>
    );
  }
  if (!sorting || !sortKey) {
    return (
      <TableCell className={classes.headCell} role="columnheader" scope="col">
        {label}
      </TableCell>
    );
  }
  const active = sorting.key === sortKey;
  return (
    <TableCell
      className={classes.headCell}
      role="columnheader"
      scope="col"
      sortDirection={active ? sorting.order : false}
    >
      <TableSortLabel
        active={active}
        direction={active ? sorting.order : 'asc'}
        onClick={() =>
          sorting.onSort(
            sortKey,
            active && sorting.order === 'asc' ? 'desc' : 'asc',
          )
        }
      >
        {label}
      </TableSortLabel>
    </TableCell>
  );
}

function BodyCell<R>(props: { column: Column<R>; row: R }) {
  const classes = useTableStyles();
  const { header, acts, second, wide, cell } = props.column;
  const names = [classes.cell];
  if (acts) names.push(classes.acts);
  if (wide) names.push(classes.wide);
  if (second) names.push(classes.second);
  return (
    <TableCell
      className={names.join(' ')}
      {...(header
        ? { component: 'th', scope: 'row', role: 'rowheader' }
        : { role: 'cell' })}
    >
      {cell(props.row)}
    </TableCell>
  );
}

/** Whether nobody is in the list: it is seen from its top, and nothing in it has the focus. */
function isAtRest(root: HTMLElement | null): boolean {
  if (!root) return true;
  return (
    !root.contains(document.activeElement) &&
    root.getBoundingClientRect().top >= 0
  );
}

/** Puts the focus on the link that names a row: the next one from where the focus is, or the first. */
function focusRow(root: HTMLElement | null, by: 1 | -1): void {
  const links = [
    ...(root?.querySelectorAll<HTMLElement>('[role="rowheader"] a') ?? []),
  ];
  const row = document.activeElement?.closest('[role="row"]');
  const at = links.findIndex(link => row?.contains(link));
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}
