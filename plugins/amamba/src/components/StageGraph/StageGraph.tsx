import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useMemo, useState, type ReactNode } from 'react';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { GraphBar, LIST_ABOVE } from '../Graph';
import { countStages } from './displayTree';
import { StageCanvas } from './StageCanvas';
import { StageTree } from './StageTree';
import { treeRows } from './treeRows';

const NOTHING_COLLAPSED: ReadonlySet<string> = new Set();

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
  const bar = (
    <GraphBar
      asList={asList}
      onList={setList}
      problemsOnly={onlyProblems}
      onProblemsOnly={setProblemsOnly}
      shown={shown}
      total={total}
    >
      {props.children}
    </GraphBar>
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
    <StageCanvas {...common} bar={bar} />
  );
}
