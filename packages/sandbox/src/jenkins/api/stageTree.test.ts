import type { FlowNode } from '../execution/types';
import { PipelineStage, stageTree } from './stageTree';

function node(
  id: number,
  kind: FlowNode['kind'],
  name: string,
  parentId?: number,
  more: Partial<FlowNode> = {},
): FlowNode {
  return {
    id: String(id),
    kind,
    name,
    displayName: name,
    parentId: parentId === undefined ? undefined : String(parentId),
    state: 'success',
    startTime: 1000,
    endTime: 3000,
    pauseMs: 0,
    ...more,
  };
}

/** Names of stages, children in brackets. */
function names(stages: PipelineStage[]): string {
  return stages
    .map(({ name, children }) =>
      children.length ? `${name}[${names(children)}]` : name,
    )
    .join(',');
}

describe('stageTree', () => {
  it('makes one of a parallel and its stage, and of a branch and its stage', () => {
    const nodes = [
      node(3, 'block', 'node'),
      node(4, 'stage', 'Tests', 3),
      node(5, 'parallel', 'parallel', 4),
      node(6, 'branch', 'A', 5),
      node(7, 'branch', 'B', 5),
      node(8, 'stage', 'A', 6),
      node(9, 'stage', 'B', 7),
      node(10, 'stage', 'B1', 9),
      node(11, 'step', 'sh', 10),
    ];
    expect(names(stageTree(nodes))).toBe('Tests[A,B[B1]]');
    expect(stageTree(nodes)[0]).toMatchObject({
      type: 'STAGE',
      totalDurationMillis: 2000,
      children: [{ id: '6', type: 'PARALLEL' }, { id: '7' }],
    });
  });

  it('shows a parallel without a stage as one of its own', () => {
    const nodes = [
      node(3, 'parallel', 'parallel'),
      node(4, 'branch', 'a', 3),
      node(5, 'branch', 'b', 3),
    ];
    expect(stageTree(nodes)).toMatchObject([
      { name: 'Parallel', type: 'PARALLEL_BLOCK', children: [{}, {}] },
    ]);
  });

  it('leaves out what stands below a skipped stage, and a well-known prefix', () => {
    const nodes = [
      node(3, 'stage', 'Off', undefined, { state: 'skipped' }),
      node(4, 'stage', 'Inner', 3, { state: 'skipped' }),
      node(5, 'stage', 'Declarative: Post Actions', undefined, {
        synthetic: true,
      }),
      node(6, 'stage', 'Declarative: mine'),
    ];
    expect(names(stageTree(nodes))).toBe('Off,Post Actions,Declarative: mine');
  });

  it('shows that an input waits, in all stages around it', () => {
    const live = { state: 'running', endTime: undefined } as const;
    const tree = stageTree([
      node(3, 'stage', 'Outer', undefined, live),
      node(4, 'stage', 'Inner', 3, live),
      node(5, 'step', 'input', 4, { ...live, state: 'paused' }),
      node(6, 'stage', 'Other', undefined, live),
    ]);
    expect(tree).toMatchObject([
      { state: 'paused', children: [{ state: 'paused' }] },
      { state: 'running' },
    ]);
  });

  it('says what a stage waits for', () => {
    const [stage] = stageTree(
      [
        node(3, 'stage', 'A', undefined, {
          state: 'running',
          endTime: undefined,
        }),
      ],
      new Map([['3', 'Waiting for next available executor']]),
    );
    expect(stage).toMatchObject({
      state: 'queued',
      causeOfBlockage: 'Waiting for next available executor',
    });
    expect(JSON.parse(JSON.stringify(stage))).not.toHaveProperty(
      'totalDurationMillis',
    );
  });
});
