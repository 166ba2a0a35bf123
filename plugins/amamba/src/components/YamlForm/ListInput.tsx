import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Add from '@material-ui/icons/Add';
import Close from '@material-ui/icons/Close';
import { isJsonArray } from '@amamba/backstage-plugin-amamba-common';
import { useId, type ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';
import type { InputProps } from './inputs';
import type { FieldPath, ListField } from './types';

const useStyles = makeStyles(theme => ({
  root: { border: 0, margin: theme.spacing(1, 0), padding: 0, minWidth: 0 },
  legend: { padding: 0, fontSize: theme.typography.pxToRem(14) },
  item: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    padding: theme.spacing(0.5, 1.5, 1),
    margin: theme.spacing(1, 0),
    minWidth: 0,
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontWeight: 'bold',
    overflowWrap: 'anywhere',
  },
  end: { marginInlineStart: 'auto' },
}));

/**
 * Things of one kind, each in a box.
 * @param props.children - draws the fields of one, which stands at a path
 */
export function ListInput(
  props: InputProps<ListField> & { children: (item: FieldPath) => ReactNode },
) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { form, path, field } = props;
  const id = useId();
  const value = form.valueAt(path);
  const items = isJsonArray(value) ? value : [];
  const problem = form.problemAt(path);
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>{field.label}</legend>
      {field.help && <FormHelperText>{field.help}</FormHelperText>}
      {items.map((item, index) => {
        const title = field.title(item, index);
        const at = [...path, index];
        return (
          <div
            // items have no identity but their place
            // eslint-disable-next-line react/no-array-index-key
            key={index}
            className={classes.item}
            role="group"
            aria-labelledby={`${id}-${index}`}
          >
            <div className={classes.head}>
              <span id={`${id}-${index}`}>{title}</span>
              <IconButton
                size="small"
                className={classes.end}
                aria-label={t('yamlForm.remove', { name: title })}
                onClick={() => form.set(at, undefined)}
              >
                <Close fontSize="small" />
              </IconButton>
            </div>
            {form.problemAt(at) && (
              <FormHelperText error>{form.problemAt(at)}</FormHelperText>
            )}
            {props.children(at)}
          </div>
        );
      })}
      {problem && <FormHelperText error>{problem}</FormHelperText>}
      <Button
        size="small"
        startIcon={<Add />}
        onClick={() => form.set([...path, items.length], field.blank)}
      >
        {field.add}
      </Button>
    </fieldset>
  );
}
