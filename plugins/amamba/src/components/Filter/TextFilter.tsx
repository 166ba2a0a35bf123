import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useFieldStyles } from './useFieldStyles';
import { useDraft } from './useDraft';

const useStyles = makeStyles({
  text: { width: '11rem' },
  time: { width: '15rem' },
});

/**
 * A filter that is typed, handed on after a pause.
 * @param props.type - of the field; dates are written as the browser does
 */
export function TextFilter(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'datetime-local';
}) {
  const classes = useStyles();
  const field = useFieldStyles();
  const { type = 'text' } = props;
  const [draft, setDraft] = useDraft(props.value, value =>
    props.onChange(value.trim()),
  );
  return (
    <TextField
      className={type === 'text' ? classes.text : classes.time}
      size="small"
      variant="outlined"
      label={props.label}
      type={type}
      value={draft}
      onChange={event => setDraft(event.target.value)}
      inputProps={{ maxLength: 250, 'aria-label': props.label }}
      InputLabelProps={{
        className: field.label,
        ...(type === 'text' ? {} : { shrink: true }),
      }}
    />
  );
}
