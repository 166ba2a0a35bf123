import type { FlowNode } from '../execution/types';

/** The ids of a node and of everything below it. */
export function withDescendants(
  nodes: ReadonlyMap<string, FlowNode>,
  id: string,
): Set<string> {
  const ids = new Set([id]);
  // A node comes after its parent, so one pass finds all.
  for (const node of nodes.values()) {
    if (node.parentId !== undefined && ids.has(node.parentId)) ids.add(node.id);
  }
  return ids;
}

/** The nearest stage around a node, or undefined. */
export function stageOf(
  nodes: ReadonlyMap<string, FlowNode>,
  node: FlowNode,
): FlowNode | undefined {
  let at = node.parentId === undefined ? undefined : nodes.get(node.parentId);
  while (at && at.kind !== 'stage' && at.kind !== 'branch') {
    at = at.parentId === undefined ? undefined : nodes.get(at.parentId);
  }
  return at;
}
