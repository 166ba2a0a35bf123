import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(2),
    marginBottom: theme.spacing(2),
    maxWidth: '60rem',
  },
}));

/** A part of the form, or of a summary, with its heading. */
export function Section(props: {
  title: string;
  help?: string;
  children: ReactNode;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      component="section"
      aria-labelledby={id}
    >
      <Typography variant="h6" component="h3" id={id}>
        {props.title}
      </Typography>
      {props.help && (
        <Typography variant="body2" color="textSecondary">
          {props.help}
        </Typography>
      )}
      {props.children}
    </Paper>
  );
}
