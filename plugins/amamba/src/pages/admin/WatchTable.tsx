import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import type { WatchHealth } from '@amamba/backstage-plugin-amamba-common';
import { formatBytes } from '../../components/Bytes';
import { useDurationText, useLanguage } from '../../components/Time';
import { useAmambaTranslation } from '../../translation';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  cell: { overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
});

/** What is kept of a cluster, a line for each kind. */
export function WatchTable(props: {
  cluster: string;
  watches: readonly WatchHealth[];
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const duration = useDurationText();
  const number = new Intl.NumberFormat(language);
  const columns = ['kind', 'state', 'objects', 'bytes', 'age'] as const;
  return (
    // a scrolled area has to be reachable by keys
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0}>
      <Table
        size="small"
        aria-label={`${t('admin.watches.title')}: ${props.cluster}`}
      >
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column} scope="col">
                {t(`admin.watches.${column}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {props.watches.map(({ kind, state, objects, bytes, ...watch }) => (
            <TableRow key={kind}>
              <TableCell component="th" scope="row" className={classes.cell}>
                {kind}
              </TableCell>
              <TableCell className={classes.cell}>
                {t(`admin.watches.states.${state}`)} {watch.problem}
              </TableCell>
              <TableCell className={classes.cell}>
                {number.format(objects)}
              </TableCell>
              <TableCell className={classes.cell}>
                {formatBytes(bytes, language)}
              </TableCell>
              <TableCell className={classes.cell}>
                {watch.ageMs > 0 ? duration(watch.ageMs) : t('common.none')}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
