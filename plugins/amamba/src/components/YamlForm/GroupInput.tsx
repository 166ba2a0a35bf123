import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useState, type ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';
import type { InputProps } from './inputs';
import type { GroupField } from './types';

const useStyles = makeStyles(theme => ({
  root: {
    borderTop: `1px solid ${theme.palette.divider}`,
    padding: theme.spacing(0.5, 0),
    minWidth: 0,
  },
  summary: {
    cursor: 'pointer',
    padding: theme.spacing(0.75, 0),
    fontWeight: 'bold',
  },
  set: { color: theme.palette.text.secondary, fontWeight: 'normal' },
}));

/** Fields that belong together, folded at first. It says when something in it is set, or wrong. */
export function GroupInput(
  props: InputProps<GroupField> & { children: ReactNode },
) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { form, path, field } = props;
  const [open, setOpen] = useState(field.open ?? false);
  const places = field.fields.map(one => [...path, ...one.path]);
  const count = (test: (place: (string | number)[]) => boolean) =>
    places.filter(test).length;
  const set = count(place => form.valueAt(place) !== undefined);
  const problems = places.reduce(
    (sum, place) => sum + form.problemsBelow(place),
    0,
  );
  const note =
    problems > 0
      ? t('yamlForm.problems', { count: problems })
      : set > 0 && !open && t('yamlForm.isSet');
  return (
    <details
      className={classes.root}
      open={open}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary className={classes.summary}>
        {field.label} {note && <span className={classes.set}>· {note}</span>}
      </summary>
      {open && field.help && (
        <Typography variant="body2" color="textSecondary">
          {field.help}
        </Typography>
      )}
      {open && props.children}
    </details>
  );
}
