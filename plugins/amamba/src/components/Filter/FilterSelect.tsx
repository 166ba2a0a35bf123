import FormControl from '@material-ui/core/FormControl';
import InputLabel from '@material-ui/core/InputLabel';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import Select from '@material-ui/core/Select';
import CheckBox from '@material-ui/icons/CheckBox';
import CheckBoxOutlineBlank from '@material-ui/icons/CheckBoxOutlineBlank';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { useFieldStyles } from './useFieldStyles';

const useStyles = makeStyles(theme => ({
  root: { minWidth: '9rem', maxWidth: '18rem' },
  mark: { marginRight: theme.spacing(1) },
}));

/** The picture of a checkbox: the option itself is the control. */
function Mark(props: { checked: boolean }) {
  const classes = useStyles();
  const Icon = props.checked ? CheckBox : CheckBoxOutlineBlank;
  return <Icon className={classes.mark} fontSize="small" aria-hidden />;
}

/** A choice of a filter. */
export interface FilterOption {
  value: string;
  label: string;
}

/**
 * A filter with choices.
 * @param props.multiple - several at once
 */
export function FilterSelect(props: {
  label: string;
  options: readonly FilterOption[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  multiple?: boolean;
}) {
  const classes = useStyles();
  const field = useFieldStyles();
  const id = useId();
  const { multiple = true, options, value } = props;
  const name = (chosen: string) =>
    options.find(option => option.value === chosen)?.label ?? chosen;
  return (
    <FormControl variant="outlined" size="small" className={classes.root}>
      <InputLabel id={`${id}-label`} className={field.label}>
        {props.label}
      </InputLabel>
      <Select
        id={id}
        labelId={`${id}-label`}
        label={props.label}
        multiple={multiple}
        value={multiple ? value : (value[0] ?? '')}
        renderValue={() => value.map(name).join(', ')}
        onChange={event => {
          const chosen = event.target.value as string | string[];
          if (Array.isArray(chosen)) props.onChange(chosen);
          else props.onChange(chosen === value[0] ? [] : [chosen]);
        }}
        MenuProps={{ getContentAnchorEl: null }}
      >
        {options.map(option => (
          <MenuItem key={option.value} value={option.value} dense>
            {multiple && <Mark checked={value.includes(option.value)} />}
            <ListItemText primary={option.label} />
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}
