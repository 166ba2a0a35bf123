import type { FlowNode } from '../execution/types';

/** A stage as pipeline-graph-view shows it; what it leaves out when it is null is undefined here. */
export interface PipelineStage {
  id: string;
  name: string;
  state: string;
  type: 'STAGE' | 'PARALLEL' | 'PARALLEL_BLOCK';
  title: string;
  pauseDurationMillis: number;
  startTimeMillis: number;
  totalDurationMillis?: number;
  children: PipelineStage[];
  isSequential: boolean;
  synthetic: boolean;
  placeholder: boolean;
  agent?: string;
  causeOfBlockage?: string;
}

const TYPES = {
  stage: 'STAGE',
  branch: 'PARALLEL',
  parallel: 'PARALLEL_BLOCK',
} as const;

const SYNTHETIC_PREFIX = /^Declarative: /;

function typeOf(node: FlowNode): PipelineStage['type'] | undefined {
  return node.kind in TYPES
    ? TYPES[node.kind as keyof typeof TYPES]
    : undefined;
}

function nameOf(node: FlowNode): string {
  if (node.kind === 'parallel') return 'Parallel';
  return node.synthetic
    ? node.displayName.replace(SYNTHETIC_PREFIX, '')
    : node.displayName;
}

/**
 * Which stage of the tree each node belongs to: itself for a stage, the nearest one around it for anything else. As in
 * the plugin's `PipelineNodeGraphAdapter`, a parallel block is one with the stage around it, and a stage with the
 * branch of the same name around it.
 */
export function stageIds(
  nodes: Iterable<FlowNode>,
): Map<string, string | undefined> {
  const owners = new Map<string, string | undefined>();
  const known = new Map<string, FlowNode>();
  for (const node of nodes) {
    known.set(node.id, node);
    const owner =
      node.parentId === undefined ? undefined : owners.get(node.parentId);
    const around = owner === undefined ? undefined : known.get(owner);
    const oneWithOwner =
      around !== undefined &&
      ((node.kind === 'parallel' && around.kind !== 'parallel') ||
        (node.kind === 'stage' &&
          around.kind === 'branch' &&
          around.name === node.name));
    owners.set(node.id, typeOf(node) && !oneWithOwner ? node.id : owner);
  }
  return owners;
}

/** Ids of what waits for an answer, and of all around it. */
function waitingForInput(nodes: FlowNode[]): Set<string> {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  const waiting = new Set<string>();
  for (const { id, state } of nodes) {
    if (state !== 'paused') continue;
    for (
      let at: string | undefined = id;
      at !== undefined;
      at = parents.get(at)
    ) {
      waiting.add(at);
    }
  }
  return waiting;
}

/** What a stage that waits for an executor waits for, by its id. */
export type Blockages = ReadonlyMap<string, string>;

/** The tree of stages and branches that the nodes of a run form. Below what was not executed, nothing is shown. */
export function stageTree(
  nodes: Iterable<FlowNode>,
  blockages: Blockages = new Map(),
): PipelineStage[] {
  const list = [...nodes];
  const owners = stageIds(list);
  const waiting = waitingForInput(list);
  const stages = new Map<string, PipelineStage>();
  const roots: PipelineStage[] = [];
  for (const node of list) {
    const type = typeOf(node);
    if (!type || owners.get(node.id) !== node.id) continue;
    const blockage = blockages.get(node.id);
    const name = nameOf(node);
    const own = waiting.has(node.id) ? 'paused' : node.state;
    const stage: PipelineStage = {
      id: node.id,
      name,
      state: blockage === undefined ? own : 'queued',
      type,
      title: name,
      pauseDurationMillis: node.pauseMs,
      startTimeMillis: node.startTime,
      totalDurationMillis:
        node.endTime === undefined ? undefined : node.endTime - node.startTime,
      children: [],
      isSequential: false,
      synthetic: node.synthetic ?? false,
      placeholder: false,
      causeOfBlockage: blockage,
    };
    stages.set(node.id, stage);
    const owner =
      node.parentId === undefined ? undefined : owners.get(node.parentId);
    const parent = owner === undefined ? undefined : stages.get(owner);
    const hidden = parent?.state === 'skipped' || parent?.state === 'not_built';
    if (!hidden) (parent?.children ?? roots).push(stage);
  }
  return roots;
}
