import type {
  NodeState,
  RunStage,
} from '@amamba/backstage-plugin-amamba-common';
import { hasBox } from './displayTree';

/** A line of the stage list. */
export interface TreeRow {
  stage: RunStage;
  /** from 1 */
  level: number;
  /** among its siblings, from 1 */
  position: number;
  siblings: number;
  /** undefined when there is nothing below it */
  expanded?: boolean;
  /** id of the row above it in the tree */
  parent?: string;
}

const PROBLEMS: ReadonlySet<NodeState> = new Set([
  'failed',
  'unstable',
  'waiting',
  'cancelled',
  'unknown',
]);

/** Siblings as the list shows them: what has no node of its own is replaced by its children. */
function visibleSiblings(stages: readonly RunStage[]): RunStage[] {
  return stages.flatMap(stage =>
    hasBox(stage) ? [stage] : visibleSiblings(stage.children),
  );
}

/** A problem is in a stage or below it. */
function hasProblem(stage: RunStage): boolean {
  return PROBLEMS.has(stage.state) || stage.children.some(hasProblem);
}

/**
 * Stages as the lines of a tree, depth first.
 * @param options.collapsed - ids of stages whose children are not shown
 * @param options.problemsOnly - shows only stages with problems, and what they are in
 */
export function treeRows(
  stages: readonly RunStage[],
  options: { collapsed: ReadonlySet<string>; problemsOnly: boolean },
): TreeRow[] {
  const rows: TreeRow[] = [];
  const siblingsOf = (list: readonly RunStage[]) => {
    const visible = visibleSiblings(list);
    return options.problemsOnly ? visible.filter(hasProblem) : visible;
  };
  const add = (list: RunStage[], level: number, parent?: string) =>
    list.forEach((stage, index) => {
      const children = siblingsOf(stage.children);
      const expanded =
        children.length === 0 ? undefined : !options.collapsed.has(stage.id);
      rows.push({
        stage,
        level,
        position: index + 1,
        siblings: list.length,
        expanded,
        parent,
      });
      if (expanded) add(children, level + 1, stage.id);
    });
  add(siblingsOf(stages), 1);
  return rows;
}
