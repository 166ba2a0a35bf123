import TextField, { type TextFieldProps } from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { IconLine } from '../States';
import { StatusIcon } from '../Status';

// The theme's red is too pale for words: they keep the colour of text, the outline and an icon are red.
const useStyles = makeStyles(theme => ({
  words: {
    '&.Mui-error, & .MuiFormLabel-asterisk.Mui-error': {
      color: theme.palette.text.primary,
    },
  },
}));

/**
 * A field of a form.
 * @param props.problem - what is wrong with its value; undefined when it is right
 * @param props.help - what is to be written, shown while nothing is wrong
 */
export function FormField(
  props: Omit<TextFieldProps, 'error' | 'helperText' | 'variant' | 'margin'> & {
    problem: string | undefined;
    help?: string;
  },
) {
  const classes = useStyles();
  const { problem, help, InputLabelProps, ...rest } = props;
  return (
    <TextField
      {...rest}
      fullWidth
      margin="dense"
      variant="outlined"
      error={problem !== undefined}
      helperText={
        problem ? (
          <IconLine icon={<StatusIcon status="failed" size={16} />}>
            {problem}
          </IconLine>
        ) : (
          help
        )
      }
      FormHelperTextProps={{ className: classes.words }}
      InputLabelProps={{ ...InputLabelProps, className: classes.words }}
    />
  );
}
