import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';

/** Styles of the blocks of the overview. */
export const useBlockStyles = makeStyles(theme => ({
  block: { marginBottom: theme.spacing(3) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    minHeight: 48,
    padding: theme.spacing(0.5, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 0 },
    overflowWrap: 'anywhere',
  },
  grow: { flex: '1 1 16rem', minWidth: 0 },
  end: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginInlineStart: 'auto',
  },
}));

/**
 * A block of the overview. An empty one is one grey line.
 * @param props.count - of everything, of which `shown` rows are drawn; left out where it says nothing
 * @param props.empty - said when there is nothing
 */
export function Block(props: {
  title: string;
  count?: number;
  shown: number;
  empty: string;
  children: ReactNode;
}) {
  const classes = useBlockStyles();
  const { t } = useAmambaTranslation();
  const id = useId();
  const { count = 0, shown } = props;
  return (
    <section className={classes.block} aria-labelledby={id}>
      <Typography variant="h6" component="h3" id={id} gutterBottom>
        {count > 0 ? `${props.title} ${count}` : props.title}
      </Typography>
      {shown === 0 ? (
        <Typography variant="body2">{props.empty}</Typography>
      ) : (
        <Paper variant="outlined">
          <ul className={classes.list}>{props.children}</ul>
        </Paper>
      )}
      {count > shown && shown > 0 && (
        <Typography variant="body2">
          {t('workspaces.overview.more', { count: count - shown })}
        </Typography>
      )}
    </section>
  );
}
