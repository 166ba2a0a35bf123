import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.75),
    '& > :first-child': { flex: 'none' },
  },
}));

/** A line of text behind its icon. */
export function IconLine(props: { icon: ReactNode; children: ReactNode }) {
  const classes = useStyles();
  return (
    <span className={classes.root}>
      {props.icon}
      <span>{props.children}</span>
    </span>
  );
}
