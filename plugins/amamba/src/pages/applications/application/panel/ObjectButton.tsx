import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { usePanel } from './usePanel';

const useStyles = makeStyles({
  root: { textAlign: 'start', verticalAlign: 'baseline', font: 'inherit' },
});

/** The name of an object, which opens its panel. */
export function ObjectButton(props: { object: string; children?: ReactNode }) {
  const classes = useStyles();
  const panel = usePanel();
  return (
    <Link
      component="button"
      type="button"
      underline="always"
      className={classes.root}
      onClick={() => panel.open(props.object)}
    >
      {props.children ?? props.object}
    </Link>
  );
}
