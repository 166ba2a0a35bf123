import { makeStyles } from '@material-ui/core/styles';
import type { RunStep } from '@amamba/backstage-plugin-amamba-common';
import {
  nodeLook,
  StatusIcon,
  useStatusWord,
} from '../../../components/Status';
import { Duration } from '../../../components/Time';
import { useAmambaTranslation } from '../../../translation';
import { WHOLE } from './selection';

const useStyles = makeStyles(theme => ({
  list: {
    margin: 0,
    padding: 0,
    listStyle: 'none',
    overflow: 'auto',
    height: '100%',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.paper,
  },
  step: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    width: '100%',
    minHeight: 36,
    padding: theme.spacing(0.5, 1),
    font: 'inherit',
    textAlign: 'left',
    color: theme.palette.text.primary,
    background: 'none',
    border: 0,
    cursor: 'pointer',
    '&:hover': { background: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.text.primary}`,
      outlineOffset: -2,
    },
    '&[aria-current]': {
      background: theme.palette.action.selected,
      fontWeight: 'bold',
    },
  },
  text: { flex: 1, minWidth: 0 },
  title: {
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  kind: {
    fontWeight: 'normal',
    fontSize: 12,
  },
  duration: {
    fontWeight: 'normal',
    fontSize: 12,
  },
}));

/**
 * The steps of a stage.
 * @param props.selected - id of the step, or `WHOLE`
 */
export function StepList(props: {
  label: string;
  steps: readonly RunStep[];
  selected: string | undefined;
  onSelect(id: string): void;
}) {
  const { steps, selected, onSelect } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  return (
    <ul className={classes.list} aria-label={props.label}>
      <li>
        <button
          type="button"
          className={classes.step}
          aria-current={selected === WHOLE || undefined}
          onClick={() => onSelect(WHOLE)}
        >
          <span className={classes.text}>{t('runs.wholeStage')}</span>
        </button>
      </li>
      {steps.map(step => {
        const look = nodeLook(step.state);
        return (
          <li key={step.id}>
            <button
              type="button"
              className={classes.step}
              aria-current={selected === step.id || undefined}
              title={step.error ?? step.title ?? step.name}
              onClick={() => onSelect(step.id)}
            >
              <StatusIcon
                status={look.status}
                label={word(look.word)}
                size={18}
              />
              <span className={classes.text}>
                <span className={classes.title}>{step.title ?? step.name}</span>
                {step.title && (
                  <span className={classes.kind}>{step.name}</span>
                )}
              </span>
              {step.durationMs !== undefined && (
                <span className={classes.duration}>
                  <Duration ms={step.durationMs} />
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
