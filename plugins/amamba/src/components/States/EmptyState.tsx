import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(5, 2),
    maxWidth: '40rem',
    margin: '0 auto',
    textAlign: 'center',
    overflowWrap: 'anywhere',
  },
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: theme.spacing(2),
  },
}));

/**
 * Nothing to show: one sentence why, one act, one link.
 * @param props.title - why, in one sentence
 * @param props.children - more about it
 * @param props.act - the act that helps, and the link
 */
export function EmptyState(props: {
  title: string;
  children?: ReactNode;
  act?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="body1">{props.title}</Typography>
      {props.children && (
        <Typography variant="body2" component="div">
          {props.children}
        </Typography>
      )}
      {props.act && <div className={classes.acts}>{props.act}</div>}
    </div>
  );
}
