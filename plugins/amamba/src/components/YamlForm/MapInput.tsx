import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Add from '@material-ui/icons/Add';
import Close from '@material-ui/icons/Close';
import {
  isJsonObject,
  pathText,
  type KubeJson,
} from '@amamba/backstage-plugin-amamba-common';
import { useId, useState } from 'react';
import { useAmambaTranslation } from '../../translation';
import { FormField } from '../Form';
import type { InputProps } from './inputs';
import type { MapField } from './types';

const useStyles = makeStyles(theme => ({
  root: { border: 0, margin: theme.spacing(1, 0), padding: 0, minWidth: 0 },
  legend: { padding: 0, fontSize: theme.typography.pxToRem(14) },
  row: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr auto',
    gap: theme.spacing(1),
    alignItems: 'center',
  },
}));

type Row = readonly [key: string, value: string];

function rowsOf(value: KubeJson | undefined): Row[] {
  return isJsonObject(value)
    ? Object.entries(value).map(([key, text]) => [
        key,
        typeof text === 'string' ? text : JSON.stringify(text),
      ])
    : [];
}

function mapOf(rows: readonly Row[]): Record<string, string> {
  return Object.fromEntries(rows.filter(([key]) => key !== ''));
}

/** Texts by name: labels, annotations. A row without a name stays while it is written, and counts for nothing. */
export function MapInput(props: InputProps<MapField>) {
  const classes = useStyles();
  const { form, path, field } = props;
  const { t } = useAmambaTranslation();
  const id = useId();
  const now = rowsOf(form.valueAt(path));
  const [draft, setDraft] = useState<readonly Row[]>(now);
  const text = (rows: readonly Row[]) => JSON.stringify(mapOf(rows));
  const rows = text(draft) === text(now) ? draft : now;
  const change = (next: readonly Row[]) => {
    setDraft(next);
    const map = mapOf(next);
    if (JSON.stringify(map) !== text(now)) {
      form.set(path, Object.keys(map).length > 0 ? map : undefined);
    }
  };
  const put = (index: number, row: Row) =>
    change(rows.map((old, at) => (at === index ? row : old)));
  const problem = form.problemAt(path);
  return (
    <fieldset className={classes.root} aria-describedby={`${id}-help`}>
      <legend className={classes.legend}>{field.label}</legend>
      {rows.map(([key, value], index) => (
        // rows have no identity but their place
        // eslint-disable-next-line react/no-array-index-key
        <div key={index} className={classes.row}>
          <FormField
            id={`${id}-key-${index}`}
            label={t('yamlForm.key')}
            value={key}
            problem={key ? form.problemAt([...path, key]) : undefined}
            onChange={event => put(index, [event.target.value, value])}
            inputProps={{
              'data-field': pathText([...path, key]),
              autoComplete: 'off',
              spellCheck: false,
            }}
          />
          <FormField
            id={`${id}-value-${index}`}
            label={t('yamlForm.value')}
            value={value}
            problem={undefined}
            onChange={event => put(index, [key, event.target.value])}
            inputProps={{ autoComplete: 'off', spellCheck: false }}
          />
          <IconButton
            size="small"
            aria-label={t('yamlForm.remove', { name: key || field.label })}
            onClick={() => change(rows.filter((_row, at) => at !== index))}
          >
            <Close fontSize="small" />
          </IconButton>
        </div>
      ))}
      <FormHelperText id={`${id}-help`} error={problem !== undefined}>
        {problem ?? field.help}
      </FormHelperText>
      <Button
        size="small"
        startIcon={<Add />}
        onClick={() => change([...rows, ['', '']])}
      >
        {t('yamlForm.addTo', { name: field.label })}
      </Button>
    </fieldset>
  );
}
