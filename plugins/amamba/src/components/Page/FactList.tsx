import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(6rem, 14rem) 1fr',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  },
}));

/** A name and what is known of it; `none` is said for nothing. */
export type Fact = readonly [label: string, value: ReactNode];

/** Facts about a thing, one a line. */
export function FactList(props: { facts: readonly Fact[] }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  return (
    <dl className={classes.root}>
      {props.facts.map(([label, value]) => (
        <FactRow key={label} label={label}>
          {value || t('common.none')}
        </FactRow>
      ))}
    </dl>
  );
}

function FactRow(props: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </>
  );
}
