import type { RunStage } from '@amamba/backstage-plugin-amamba-common';

/** More branches than this are folded into one node. */
export const FOLD_ABOVE = 8;

/** A stage, or many folded branches, as the graph draws it. */
export interface DisplayNode {
  /** id of the stage; of a fold: see {@link foldId} */
  id: string;
  /** false: its children are drawn without a node of its own */
  box: boolean;
  /** whether children stand one after the other, or side by side */
  flow: 'sequence' | 'parallel';
  children: DisplayNode[];
}

/** Branches of one parallel that share a node. */
export interface Fold {
  id: string;
  /** all branches of the parallel */
  branches: readonly RunStage[];
  /** those that the node stands for; empty when it is open */
  hidden: readonly RunStage[];
  open: boolean;
}

/** A stage with its place among its siblings. */
export interface PlacedStage {
  stage: RunStage;
  /** from 1 */
  position: number;
  siblings: number;
}

/** What the graph draws: its structure, and what stands in each node. */
export interface DisplayTree {
  roots: DisplayNode[];
  stages: ReadonlyMap<string, PlacedStage>;
  folds: ReadonlyMap<string, Fold>;
}

/** Id of the node that stands for folded branches of a parallel. */
export function foldId(parallel: string): string {
  return `fold:${parallel}`;
}

/** Parallels that the engine made up around branches have nothing to say of their own. */
export function hasBox(stage: RunStage): boolean {
  return stage.kind !== 'parallel' || !(stage.synthetic || stage.name === '');
}

/** A branch that folding must not hide: it failed or waits for a person, or something in it does, or it is selected. */
function staysOut(stage: RunStage, selected: string | undefined): boolean {
  return (
    stage.state === 'failed' ||
    stage.state === 'waiting' ||
    stage.id === selected ||
    stage.children.some(child => staysOut(child, selected))
  );
}

/**
 * What of a run's stages is drawn. Apart from folds it depends on the structure alone, so that nothing moves
 * while states change.
 * @param options.open - ids of folds that the reader opened
 * @param options.selected - id of the stage that must be seen
 */
export function displayTree(
  stages: readonly RunStage[],
  options: { open: ReadonlySet<string>; selected?: string },
): DisplayTree {
  const placed = new Map<string, PlacedStage>();
  const folds = new Map<string, Fold>();

  const convert = (list: readonly RunStage[], shown = list): DisplayNode[] => {
    list.forEach((stage, index) =>
      placed.set(stage.id, {
        stage,
        position: index + 1,
        siblings: list.length,
      }),
    );
    return shown.map(stage => {
      const box = hasBox(stage);
      if (stage.kind !== 'parallel') {
        return {
          id: stage.id,
          box,
          flow: 'sequence',
          children: convert(stage.children),
        };
      }
      if (stage.children.length <= FOLD_ABOVE) {
        return {
          id: stage.id,
          box,
          flow: 'parallel',
          children: convert(stage.children),
        };
      }
      const id = foldId(stage.id);
      const open = options.open.has(id);
      const visible = stage.children.filter(
        child => open || staysOut(child, options.selected),
      );
      const kept = new Set(visible);
      folds.set(id, {
        id,
        open,
        branches: stage.children,
        hidden: stage.children.filter(child => !kept.has(child)),
      });
      return {
        id: stage.id,
        box,
        flow: 'parallel',
        children: [
          ...convert(stage.children, visible),
          { id, box: true, flow: 'sequence', children: [] },
        ],
      };
    });
  };
  return { roots: convert(stages), stages: placed, folds };
}

/** Number of stages of a run, at any depth, that have a node of their own. */
export function countStages(stages: readonly RunStage[]): number {
  let count = 0;
  for (const stage of stages) {
    count += (hasBox(stage) ? 1 : 0) + countStages(stage.children);
  }
  return count;
}
