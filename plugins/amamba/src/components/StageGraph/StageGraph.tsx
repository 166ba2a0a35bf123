import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useMemo, useState, type ReactNode } from 'react';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { useLanguage } from '../Time';
import { countStages } from './displayTree';
import { GraphCanvas } from './GraphCanvas';
import { StageTree } from './StageTree';
import { treeRows } from './treeRows';

/** More stages than this are shown as a list of problems. */
export const LIST_ABOVE = 200;

const NOTHING_COLLAPSED: ReadonlySet<string> = new Set();

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
 * The stages of a run, as a graph or as a list.
 * @param props.live - whether the run goes on
 * @param props.selected - id of the selected stage
 * @param props.maxHeight - in pixels
 * @param props.children - stands beside the switch between the two
 */
export function StageGraph(props: {
  stages: readonly RunStage[];
  live: boolean;
  selected?: string;
  maxHeight: number;
  children?: ReactNode;
  onSelect(id: string): void;
}) {
  const { stages } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const total = useMemo(() => countStages(stages), [stages]);
  const many = total > LIST_ABOVE;
  const [list, setList] = useState<boolean>();
  const [problemsOnly, setProblemsOnly] = useState<boolean>();

  const asList = list ?? (many || narrow);
  const onlyProblems = problemsOnly ?? many;
  const shown = useMemo(
    () =>
      asList && onlyProblems
        ? treeRows(stages, { collapsed: NOTHING_COLLAPSED, problemsOnly: true })
            .length
        : total,
    [asList, onlyProblems, stages, total],
  );
  const number = new Intl.NumberFormat(language);
  const bar = (
    <div className={classes.bar}>
      <FormControlLabel
        className={classes.toggle}
        control={
          <Switch
            size="small"
            color="default"
            checked={asList}
            onChange={event => setList(event.target.checked)}
          />
        }
        label={t('components.graph.list')}
      />
      {asList && (
        <>
          <FormControlLabel
            className={classes.toggle}
            control={
              <Switch
                size="small"
                color="default"
                checked={onlyProblems}
                onChange={event => setProblemsOnly(event.target.checked)}
              />
            }
            label={t('components.graph.problemsOnly')}
          />
          <span>
            {t('components.graph.shown', {
              shown: number.format(shown),
              total: number.format(total),
            })}
          </span>
        </>
      )}
      {props.children}
    </div>
  );
  const common = {
    stages,
    live: props.live,
    selected: props.selected,
    maxHeight: props.maxHeight,
    onSelect: props.onSelect,
  };
  return asList ? (
    <>
      {bar}
      <StageTree {...common} problemsOnly={onlyProblems} />
    </>
  ) : (
    <GraphCanvas {...common} bar={bar} />
  );
}
