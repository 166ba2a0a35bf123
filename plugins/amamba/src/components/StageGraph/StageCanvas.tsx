import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { GraphCanvas, type NodeContent } from '../Graph';
import { nodeLook, rollUp } from '../Status';
import { displayTree, type Fold } from './displayTree';
import { layoutGraph } from './layout';
import { useStageText } from './useStageText';

/**
 * The stages as a graph.
 * @param props.bar - stands above it, beside the tools
 * @param props.maxHeight - in pixels; the graph is lower when it needs less
 */
export function StageCanvas(props: {
  stages: readonly RunStage[];
  live: boolean;
  selected?: string;
  bar: ReactNode;
  maxHeight: number;
  onSelect(id: string): void;
}) {
  const { stages, selected, onSelect } = props;
  const { t } = useAmambaTranslation();
  const stageText = useStageText(props.live);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());

  const tree = useMemo(
    () => displayTree(stages, { open, selected }),
    [stages, open, selected],
  );
  const layout = useMemo(() => layoutGraph(tree.roots), [tree]);

  const foldContent = ({ branches, open: isOpen }: Fold): NodeContent => {
    const failed = branches.filter(({ state }) => state === 'failed').length;
    const count = t('components.graph.branches', { count: branches.length });
    const name = [
      isOpen ? t('components.graph.foldAgain', { branches: count }) : count,
      ...(failed > 0 ? [t('components.graph.failed', { count: failed })] : []),
    ].join(t('components.graph.separator'));
    return {
      status: rollUp(branches.map(({ state }) => nodeLook(state).status)),
      name,
      label: name,
      expanded: isOpen,
    };
  };

  const contents = new Map<string, NodeContent>();
  for (const [id, placed] of tree.stages) {
    const { name, duration, label } = stageText(placed);
    const { status } = nodeLook(placed.stage.state);
    contents.set(id, { status, name, label, below: duration });
  }
  for (const [id, fold] of tree.folds) contents.set(id, foldContent(fold));

  const choose = useCallback(
    (id: string) => {
      if (!tree.folds.has(id)) {
        onSelect(id);
        return;
      }
      setOpen(before => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      });
    },
    [onSelect, tree],
  );

  // what runs or is selected is kept in view until the reader touches the graph
  const running = [...tree.stages.values()].find(
    ({ stage }) => stage.state === 'running' && stage.children.length === 0,
  );
  return (
    <GraphCanvas
      label={t('components.graph.label')}
      layout={layout}
      contents={contents}
      selected={selected}
      watch={selected ?? running?.stage.id}
      bar={props.bar}
      maxHeight={props.maxHeight}
      onChoose={choose}
    />
  );
}
