import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { StatusIcon, type StatusKey } from '../Status';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
    borderInlineStart: `4px solid ${theme.palette.divider}`,
  },
  text: { flex: '1 1 20rem', minWidth: 0, overflowWrap: 'anywhere' },
}));

const STATUS: Record<string, StatusKey> = {
  warning: 'unstable',
  error: 'failed',
  info: 'unknown',
};

/**
 * Something that the reader should know about the whole page.
 * @param props.actions - what can be done about it
 */
export function Banner(props: {
  severity: 'warning' | 'error' | 'info';
  children: ReactNode;
  actions?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <Paper
      className={classes.root}
      variant="outlined"
      role={props.severity === 'error' ? 'alert' : 'status'}
    >
      <StatusIcon status={STATUS[props.severity]} />
      <div className={classes.text}>{props.children}</div>
      {props.actions}
    </Paper>
  );
}
