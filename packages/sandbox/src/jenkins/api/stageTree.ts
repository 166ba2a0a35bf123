import type { FlowNode } from '../execution/types';

/** A stage as pipeline-graph-view shows it. */
export interface PipelineStage {
  id: string;
  name: string;
  state: string;
  type: 'STAGE' | 'PARALLEL';
  title: string;
  pauseDurationMillis: number;
  startTimeMillis: number;
  totalDurationMillis: number | null;
  children: PipelineStage[];
  seqContainerName: string | null;
  nextSibling: null;
  isSequential: boolean;
  synthetic: boolean;
  placeholder: boolean;
  agent: string | null;
}

/** The tree of stages and branches that the nodes of a run form. */
export function stageTree(nodes: FlowNode[]): PipelineStage[] {
  const roots: PipelineStage[] = [];
  const owners = new Map<string, PipelineStage>();
  for (const node of nodes) {
    const owner =
      node.parentId === undefined ? undefined : owners.get(node.parentId);
    if (node.kind === 'stage' || node.kind === 'branch') {
      const stage: PipelineStage = {
        id: node.id,
        name: node.displayName,
        state: node.state,
        type: node.kind === 'stage' ? 'STAGE' : 'PARALLEL',
        title: '',
        pauseDurationMillis: node.pauseMs,
        startTimeMillis: node.startTime,
        totalDurationMillis:
          node.endTime === undefined ? null : node.endTime - node.startTime,
        children: [],
        seqContainerName: null,
        nextSibling: null,
        isSequential: false,
        synthetic: node.synthetic ?? false,
        placeholder: false,
        agent: null,
      };
      (owner?.children ?? roots).push(stage);
      owners.set(node.id, stage);
    } else if (owner) {
      owners.set(node.id, owner);
    }
  }
  return roots;
}
