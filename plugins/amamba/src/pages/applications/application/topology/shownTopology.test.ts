import type {
  PodSummary,
  TopologyNode,
} from '@amamba/backstage-plugin-amamba-common';
import { isFold, isProblem, withOpenFolds } from './shownTopology';

const ok = { status: 'ok' as const, reasons: [] };
const node = (id: string, more: Partial<TopologyNode> = {}): TopologyNode => ({
  ...{ id, kind: id.split('/')[0], name: id.split('/')[1] },
  ...{ health: ok, layer: 3, facts: [], ...more },
});
const pod = (name: string, owner: string): PodSummary => ({
  ...{ name, owner, phrase: 'Running', health: ok, ready: 1, containers: [] },
  createdAt: '2026-11-03T13:00:00.000Z',
});

const FOLD = node('Pods/ReplicaSet/shop-1', {
  ...{ kind: 'Pod', name: 'shop-1', layer: 4, count: 3 },
});
const TOPOLOGY = {
  nodes: [node('ReplicaSet/shop-1'), node('Pod/bad', { layer: 4 }), FOLD],
  edges: [
    { from: 'ReplicaSet/shop-1', to: 'Pod/bad', relation: 'owns' },
    { from: 'ReplicaSet/shop-1', to: FOLD.id, relation: 'owns' },
  ],
};
const PODS = [
  pod('bad', 'shop-1'),
  pod('a', 'shop-1'),
  pod('b', 'shop-1'),
  pod('x', 'other'),
];

describe('withOpenFolds', () => {
  it('leaves closed folds as they are', () => {
    expect(withOpenFolds(TOPOLOGY, PODS, new Set())).toEqual(TOPOLOGY);
  });

  it('puts the pods of an open fold beside it, and none twice', () => {
    const { nodes, edges } = withOpenFolds(
      TOPOLOGY,
      PODS,
      new Set([FOLD.id, 'Pod/bad']),
    );
    expect(nodes.map(({ id }) => id)).toEqual([
      'ReplicaSet/shop-1',
      'Pod/bad',
      FOLD.id,
      'Pod/a',
      'Pod/b',
    ]);
    expect(edges.slice(2)).toEqual([
      { from: 'ReplicaSet/shop-1', to: 'Pod/a', relation: 'owns' },
      { from: 'ReplicaSet/shop-1', to: 'Pod/b', relation: 'owns' },
    ]);
  });
});

it('tells folds and problems', () => {
  expect([isFold(FOLD), isFold(node('Pod/a'))]).toEqual([true, false]);
  const of = (status: TopologyNode['health']['status']) =>
    isProblem(node('Pod/a', { health: { status, reasons: [] } }));
  expect([of('failed'), of('missing'), of('ok'), of('progressing')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
