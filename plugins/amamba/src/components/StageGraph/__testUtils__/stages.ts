import fc from 'fast-check';
import type {
  NodeState,
  RunStage,
} from '@amamba/backstage-plugin-amamba-common';

const STATES: readonly NodeState[] = [
  'notStarted',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
];

interface Draft {
  kind: RunStage['kind'];
  state: NodeState;
  named: boolean;
  children: Draft[];
}

const { tree } = fc.letrec<{ tree: Draft[]; stage: Draft; branch: Draft }>(
  tie => ({
    stage: fc.record({
      kind: fc.constantFrom<RunStage['kind']>('stage', 'parallel'),
      state: fc.constantFrom(...STATES),
      named: fc.boolean(),
      children: tie('tree'),
    }),
    branch: fc.record({
      kind: fc.constant<RunStage['kind']>('branch'),
      state: fc.constantFrom(...STATES),
      named: fc.constant(true),
      children: tie('tree'),
    }),
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant<Draft[]>([]),
      fc.array(tie('stage'), { maxLength: 4 }),
      fc
        .record({
          kind: fc.constant<RunStage['kind']>('parallel'),
          state: fc.constantFrom(...STATES),
          named: fc.boolean(),
          children: fc.array(tie('branch'), { maxLength: 12 }),
        })
        .map(parallel => [parallel]),
    ),
  }),
);

/** Stages of a run as an engine may give them, with ids that are unique. */
export const runStages: fc.Arbitrary<RunStage[]> = tree.map(drafts => {
  let count = 0;
  const build = (list: Draft[]): RunStage[] =>
    list.map(draft => {
      count += 1;
      return {
        id: String(count),
        name: draft.named ? `Stage ${count}` : '',
        kind: draft.kind,
        state: draft.state,
        children: build(draft.children),
      };
    });
  return build(drafts);
});

/** A run of `count` stages: groups of six branches of three stages each. */
export function manyStages(count: number): RunStage[] {
  const roots: RunStage[] = [];
  let made = 0;
  const stage = (
    kind: RunStage['kind'],
    children: RunStage[] = [],
  ): RunStage => {
    made += 1;
    return {
      id: String(made),
      name: `Stage ${made} with a name of some length`,
      kind,
      state: made % 17 === 0 ? 'failed' : 'succeeded',
      durationMs: made * 1000,
      children,
    };
  };
  while (made < count) {
    const branches: RunStage[] = [];
    while (branches.length < 6 && made < count) {
      const steps: RunStage[] = [];
      while (steps.length < 2 && made < count - 1) steps.push(stage('stage'));
      branches.push(stage('branch', steps));
    }
    roots.push(made < count ? stage('parallel', branches) : branches[0]);
  }
  return roots;
}
