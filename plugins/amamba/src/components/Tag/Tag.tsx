import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  // the theme keeps room around chips, which lifts them off the line
  root: { margin: 0, verticalAlign: 'middle' },
});

/** A word about what stands beside it: an environment, "runs now". */
export function Tag(props: { label: string }) {
  const classes = useStyles();
  return (
    <Chip
      size="small"
      variant="outlined"
      className={classes.root}
      label={props.label}
    />
  );
}
