import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';
import { useLanguage } from '../Time';

/** More nodes than this are shown as a list of problems. */
export const LIST_ABOVE = 200;

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 38,
    color: theme.palette.text.primary,
  },
  toggle: { marginLeft: 0, '& .MuiFormControlLabel-label': { fontSize: 14 } },
}));

/**
 * The switch between a graph and its list, and in the list between everything and what has a problem.
 * @param props.shown - lines of the list
 * @param props.children - stands beside
 */
export function GraphBar(props: {
  asList: boolean;
  onList: (asList: boolean) => void;
  problemsOnly: boolean;
  onProblemsOnly: (problemsOnly: boolean) => void;
  shown: number;
  total: number;
  children?: ReactNode;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const toggle = (
    label: string,
    checked: boolean,
    onChange: (checked: boolean) => void,
  ) => (
    <FormControlLabel
      className={classes.toggle}
      control={
        <Switch
          size="small"
          color="default"
          checked={checked}
          onChange={event => onChange(event.target.checked)}
        />
      }
      label={label}
    />
  );
  return (
    <div className={classes.bar}>
      {toggle(t('components.graph.list'), props.asList, props.onList)}
      {props.asList && (
        <>
          {toggle(
            t('components.graph.problemsOnly'),
            props.problemsOnly,
            props.onProblemsOnly,
          )}
          <span>
            {t('components.graph.shown', {
              shown: number.format(props.shown),
              total: number.format(props.total),
            })}
          </span>
        </>
      )}
      {props.children}
    </div>
  );
}
