import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import Add from '@material-ui/icons/Add';
import Delete from '@material-ui/icons/Delete';
import { useId } from 'react';
import { FormField } from './FormField';

/** A name and its value, as they are edited. */
export interface PairRow {
  /** tells rows apart while their names are typed */
  id: number;
  key: string;
  value: string;
}

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', padding: 0, margin: 0 },
  row: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
    '& > *': { flex: '1 1 10rem' },
  },
  remove: { flex: '0 0 auto !important', marginTop: theme.spacing(1.5) },
}));

/**
 * Edits names with values: labels, for example.
 * @param props.words - what a name, a value, adding and removing one are called
 * @param props.problemOf - what is wrong with a row
 * @param props.helpOf - what is said of its value while nothing is wrong
 */
export function PairRows(props: {
  rows: readonly PairRow[];
  onChange: (rows: PairRow[]) => void;
  words: { key: string; value: string; add: string; remove: string };
  problemOf: (row: PairRow) => string | undefined;
  helpOf?: (row: PairRow) => string | undefined;
}) {
  const classes = useStyles();
  const id = useId();
  const { rows, onChange, words } = props;
  const replace = (row: PairRow, values: Partial<PairRow>) =>
    onChange(
      rows.map(other => (other === row ? { ...row, ...values } : other)),
    );
  return (
    <>
      <ul className={classes.list}>
        {rows.map(row => (
          <li key={row.id} className={classes.row}>
            <FormField
              id={`${id}-${row.id}-key`}
              label={words.key}
              value={row.key}
              onChange={event => replace(row, { key: event.target.value })}
              problem={props.problemOf(row)}
              inputProps={{ autoComplete: 'off', spellCheck: false }}
            />
            <FormField
              id={`${id}-${row.id}-value`}
              label={words.value}
              value={row.value}
              onChange={event => replace(row, { value: event.target.value })}
              problem={undefined}
              help={props.helpOf?.(row)}
              inputProps={{ autoComplete: 'off', spellCheck: false }}
            />
            <Tooltip title={words.remove}>
              <IconButton
                className={classes.remove}
                size="small"
                aria-label={`${words.remove} ${row.key}`}
                onClick={() => onChange(rows.filter(other => other !== row))}
              >
                <Delete fontSize="small" />
              </IconButton>
            </Tooltip>
          </li>
        ))}
      </ul>
      <Button
        startIcon={<Add />}
        onClick={() =>
          onChange([
            ...rows,
            {
              id: Math.max(-1, ...rows.map(row => row.id)) + 1,
              key: '',
              value: '',
            },
          ])
        }
      >
        {words.add}
      </Button>
    </>
  );
}
