import fc from 'fast-check';
import { NODE_HEIGHT, NODE_WIDTH } from './geometry';
import { layoutLayers } from './layers';

const NODES = [
  { id: 'ingress', layer: 0 },
  { id: 'service', layer: 1 },
  { id: 'web', layer: 2 },
  { id: 'worker', layer: 2 },
  { id: 'pod-1', layer: 4 },
  { id: 'pod-2', layer: 4 },
  { id: 'pod-3', layer: 4 },
];
const EDGES = [
  { from: 'ingress', to: 'service' },
  { from: 'service', to: 'worker' },
  { from: 'worker', to: 'pod-3' },
  { from: 'web', to: 'pod-1' },
  { from: 'web', to: 'pod-2' },
];

describe('layoutLayers', () => {
  it('has a column a layer, and none for a layer without nodes', () => {
    const { nodes } = layoutLayers(NODES, EDGES);
    const x = (id: string) => nodes.find(node => node.id === id)!.x;
    expect(x('service') - x('ingress')).toBe(x('pod-1') - x('web'));
    expect(x('web')).toBe(x('worker'));
  });

  it('leads the arrow keys along the edges', () => {
    const { neighbours } = layoutLayers(NODES, EDGES);
    expect(neighbours.get('ingress')).toMatchObject({ right: 'service' });
    expect(neighbours.get('service')).toMatchObject({
      left: 'ingress',
      right: 'worker',
    });
    expect(neighbours.get('pod-3')).toMatchObject({ left: 'worker' });
    expect(neighbours.get('pod-2')?.left).toBe('web');
  });

  it('draws nothing over anything, each node and edge once, whatever the structure', () => {
    const graphs = fc
      .array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 30 })
      .chain(layers =>
        fc.tuple(
          fc.constant(layers),
          fc.array(
            fc.tuple(
              fc.nat({ max: layers.length - 1 }),
              fc.nat({ max: layers.length - 1 }),
            ),
            { maxLength: 60 },
          ),
        ),
      );
    fc.assert(
      fc.property(graphs, ([layers, pairs]) => {
        const given = layers.map((layer, i) => ({ id: `n${i}`, layer }));
        const edges = pairs
          .filter(([from, to]) => from !== to)
          .map(([from, to]) => ({ from: `n${from}`, to: `n${to}` }));
        const layout = layoutLayers(given, edges);
        expect(layout.nodes).toHaveLength(given.length);
        expect(layout.edges).toHaveLength(edges.length);
        for (const a of layout.nodes) {
          expect(a.x + NODE_WIDTH).toBeLessThanOrEqual(layout.width);
          expect(a.y + NODE_HEIGHT).toBeLessThanOrEqual(layout.height);
          for (const b of layout.nodes) {
            const apart =
              a === b ||
              Math.abs(a.x - b.x) >= NODE_WIDTH ||
              Math.abs(a.y - b.y) >= NODE_HEIGHT;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it('has room for 500 pods', () => {
    const pods = Array.from({ length: 500 }, (_, i) => ({
      id: `pod-${i}`,
      layer: 4,
    }));
    const owned = pods.map(({ id }) => ({ from: 'web', to: id }));
    const { nodes } = layoutLayers([...NODES, ...pods], [...EDGES, ...owned]);
    expect(nodes).toHaveLength(507);
  });
});
