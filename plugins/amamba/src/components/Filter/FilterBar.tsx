import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(1.5),
  },
  end: { marginInlineStart: 'auto', display: 'flex', gap: theme.spacing(1) },
  chips: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: 0,
    margin: theme.spacing(0, 0, 1.5),
    listStyle: 'none',
  },
  chip: { margin: 0, maxWidth: '100%' },
}));

/** A filter that is set. */
export interface ActiveFilter {
  /** "State: Failed" */
  label: string;
  remove: () => void;
}

/**
 * Search and filters of a list, with what is set below.
 * @param props.active - the filters that are set, one chip each
 * @param props.onClear - takes all of them away
 * @param props.end - acts on the right
 */
export function FilterBar(props: {
  children: ReactNode;
  active: readonly ActiveFilter[];
  onClear: () => void;
  end?: ReactNode;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  return (
    <>
      <div
        className={classes.bar}
        role="search"
        aria-label={t('common.filters')}
      >
        {props.children}
        {props.end && <div className={classes.end}>{props.end}</div>}
      </div>
      {props.active.length > 0 && (
        <ul className={classes.chips} aria-label={t('common.activeFilters')}>
          {props.active.map(({ label, remove }) => (
            <li key={label}>
              <Chip
                className={classes.chip}
                size="small"
                label={label}
                aria-label={t('common.removeFilter', { filter: label })}
                onClick={remove}
                onDelete={remove}
              />
            </li>
          ))}
          <li>
            <Button size="small" onClick={props.onClear}>
              {t('common.clearFilters')}
            </Button>
          </li>
        </ul>
      )}
    </>
  );
}
