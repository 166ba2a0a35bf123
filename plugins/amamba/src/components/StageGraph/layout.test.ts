import fc from 'fast-check';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import {
  NODE_HEIGHT,
  NODE_WIDTH,
  type GraphLayout,
  type NodeBox,
} from '../Graph';
import { manyStages, runStages } from './__testUtils__/stages';
import {
  displayTree,
  hasBox,
  type DisplayNode,
  type PlacedStage,
} from './displayTree';
import { layoutGraph } from './layout';

const NOTHING_OPEN: ReadonlySet<string> = new Set();

function layOut(stages: RunStage[], open = NOTHING_OPEN): GraphLayout {
  return layoutGraph(displayTree(stages, { open }).roots);
}

function boxes(nodes: readonly DisplayNode[]): string[] {
  return nodes.flatMap(node => [
    ...(node.box ? [node.id] : []),
    ...boxes(node.children),
  ]);
}

const byId = ([a]: [string, unknown], [b]: [string, unknown]) =>
  a.localeCompare(b);

function stage(
  name: string,
  children: RunStage[] = [],
  kind: RunStage['kind'] = 'stage',
): RunStage {
  return { id: name, name, kind, state: 'succeeded', children };
}

const branch = (name: string, ...children: RunStage[]) =>
  stage(name, children, 'branch');

/** Absolute points that a path of M, H, V and corner commands touches. */
function points(path: string): { x: number; y: number }[] {
  const all: { x: number; y: number }[] = [];
  let x = 0;
  let y = 0;
  for (const [, command, values] of path.matchAll(/([MHVq])([^MHVq]+)/g)) {
    const n = values.trim().split(/\s+/).map(Number);
    if (command === 'M') [x, y] = n;
    if (command === 'H') x = n[0];
    if (command === 'V') y = n[0];
    if (command === 'q') {
      x += n[2];
      y += n[3];
    }
    all.push({ x, y });
  }
  return all;
}

/** Ids of nodes that a straight line goes through. */
function crossedNodes(
  nodes: NodeBox[],
  from: { x: number; y: number },
  to: { x: number; y: number },
): string[] {
  return nodes
    .filter(
      ({ x, y }) =>
        Math.max(from.x, to.x) > x &&
        Math.min(from.x, to.x) < x + NODE_WIDTH &&
        Math.max(from.y, to.y) > y &&
        Math.min(from.y, to.y) < y + NODE_HEIGHT,
    )
    .map(({ id }) => id);
}

describe('layoutGraph', () => {
  it('puts a sequence in a row and branches below each other', () => {
    const { nodes } = layOut([
      stage('Build'),
      stage(
        'Test',
        [branch('Unit', stage('Report')), branch('Lint')],
        'parallel',
      ),
      stage('Deploy'),
    ]);
    const grid = nodes.map(({ id, x, y }) => [
      id,
      (x - nodes[0].x) / 160,
      (y - nodes[0].y) / 64,
    ]);
    expect(grid).toEqual([
      ['Build', 0, 0],
      ['Test', 1, 0],
      ['Unit', 2, 0],
      ['Report', 3, 0],
      ['Lint', 2, 1],
      ['Deploy', 4, 0],
    ]);
  });

  it('leads the arrow keys along the edges', () => {
    const { neighbours } = layOut([
      stage('Build'),
      { ...stage('', [branch('Unit'), branch('Lint')], 'parallel'), id: 'p' },
      stage('Deploy'),
    ]);
    expect(neighbours.get('Build')).toEqual({ right: 'Unit' });
    expect(neighbours.get('Unit')).toEqual({
      left: 'Build',
      right: 'Deploy',
      down: 'Lint',
    });
    expect(neighbours.get('Lint')).toEqual({
      left: 'Build',
      right: 'Deploy',
      up: 'Unit',
    });
    expect(neighbours.get('Deploy')?.left).toBe('Unit');
  });

  it('draws every stage once, in order, without overlaps, inside its size', () => {
    fc.assert(
      fc.property(runStages, stages => {
        const tree = displayTree(stages, { open: NOTHING_OPEN });
        const layout = layoutGraph(tree.roots);
        expect(layout.nodes.map(({ id }) => id)).toEqual(boxes(tree.roots));
        const taken = new Set<string>();
        for (const { x, y } of layout.nodes) {
          // all nodes stand on one grid, so that equal cells are the only way to overlap
          const cell = `${(x - 24) / 160},${(y - 24) / 64}`;
          expect(cell).toMatch(/^\d+,\d+$/);
          expect(taken.has(cell)).toBe(false);
          taken.add(cell);
          expect(x + NODE_WIDTH).toBeLessThanOrEqual(layout.width);
          expect(y + NODE_HEIGHT).toBeLessThanOrEqual(layout.height);
        }
      }),
    );
  });

  it('keeps what follows to the right, and branches below', () => {
    const leftOf = (nodes: DisplayNode[], at: Map<string, number[]>) => {
      for (const node of nodes) {
        for (let i = 1; i < node.children.length; i++) {
          const [before] = boxes([node.children[i - 1]]);
          const [after] = boxes([node.children[i]]);
          if (!before || !after) continue;
          const axis = node.flow === 'parallel' ? 1 : 0;
          expect(at.get(after)![axis]).toBeGreaterThan(at.get(before)![axis]);
        }
        leftOf(node.children, at);
      }
    };
    fc.assert(
      fc.property(runStages, stages => {
        const tree = displayTree(stages, { open: NOTHING_OPEN });
        const at = new Map(
          layoutGraph(tree.roots).nodes.map(({ id, x, y }) => [id, [x, y]]),
        );
        leftOf(tree.roots, at);
      }),
    );
  });

  it('draws no edge through a node', () => {
    fc.assert(
      fc.property(runStages, stages => {
        const { nodes, edges } = layOut(stages);
        for (const edge of edges) {
          const way = points(edge);
          const crossed = way
            .slice(1)
            .flatMap((to, index) => crossedNodes(nodes, way[index], to));
          expect(crossed).toEqual([]);
        }
      }),
    );
  });

  it('lets the arrow keys reach every node from the first one', () => {
    fc.assert(
      fc.property(runStages, stages => {
        const { nodes, neighbours } = layOut(stages);
        if (nodes.length === 0) return;
        const seen = new Set([nodes[0].id]);
        for (const id of seen) {
          for (const next of Object.values(neighbours.get(id) ?? {})) {
            if (next) seen.add(next);
          }
        }
        expect(seen.size).toBe(nodes.length);
      }),
    );
  });

  it('depends on the structure, not on states, unless something is folded', () => {
    fc.assert(
      fc.property(runStages, stages => {
        const passed = (list: RunStage[]): RunStage[] =>
          list.map(item => ({
            ...item,
            state: 'succeeded',
            children: passed(item.children),
          }));
        const tree = displayTree(stages, { open: NOTHING_OPEN });
        fc.pre(tree.folds.size === 0);
        expect(layOut(passed(stages))).toEqual(layoutGraph(tree.roots));
      }),
    );
  });

  it('looks at a stage as often in a large graph as in a small one', () => {
    const looksPerStage = (count: number) => {
      let looks = 0;
      const counted = (nodes: readonly DisplayNode[]): DisplayNode[] =>
        nodes.map(node => {
          const children = counted(node.children);
          return {
            ...node,
            get children() {
              looks += 1;
              return children;
            },
          };
        });
      const { roots } = displayTree(manyStages(count), { open: NOTHING_OPEN });
      layoutGraph(counted(roots));
      return looks / count;
    };
    const small = looksPerStage(200);
    expect(small).toBeGreaterThan(0);
    expect(looksPerStage(20_000)).toBeLessThan(small * 1.5);
  });
});

describe('displayTree', () => {
  const cells = (count: number, failed: number[] = []) =>
    Array.from({ length: count }, (_, i) => ({
      ...branch(`cell ${i + 1}`),
      state: failed.includes(i) ? ('failed' as const) : ('succeeded' as const),
    }));
  const matrix = (count: number, failed?: number[]) => [
    { ...stage('Matrix', cells(count, failed), 'parallel') },
  ];

  it('folds more than eight branches and leaves the failed one out', () => {
    expect(displayTree(matrix(8), { open: NOTHING_OPEN }).folds.size).toBe(0);
    const { roots, folds } = displayTree(matrix(12, [4]), {
      open: NOTHING_OPEN,
    });
    expect(boxes(roots)).toEqual(['Matrix', 'cell 5', 'fold:Matrix']);
    expect(folds.get('fold:Matrix')).toMatchObject({ open: false });
    expect(folds.get('fold:Matrix')?.hidden).toHaveLength(11);
    expect(folds.get('fold:Matrix')?.branches).toHaveLength(12);
  });

  it('keeps the selected branch out', () => {
    const { roots } = displayTree(matrix(12), {
      open: NOTHING_OPEN,
      selected: 'cell 9',
    });
    expect(boxes(roots)).toEqual(['Matrix', 'cell 9', 'fold:Matrix']);
  });

  it('shows every branch of an open fold', () => {
    const { roots, folds } = displayTree(matrix(12), {
      open: new Set(['fold:Matrix']),
    });
    expect(boxes(roots)).toHaveLength(14);
    expect(folds.get('fold:Matrix')?.hidden).toHaveLength(0);
  });

  it('knows the place of every stage among its siblings', () => {
    fc.assert(
      fc.property(runStages, roots => {
        const { stages } = displayTree(roots, { open: NOTHING_OPEN });
        const expected = (list: RunStage[]): [string, PlacedStage][] =>
          list.flatMap((item, index) => [
            [
              item.id,
              { stage: item, position: index + 1, siblings: list.length },
            ] as [string, PlacedStage],
            ...expected(item.children),
          ]);
        // what is inside of folded branches is not drawn, and not placed
        expect([...stages].sort(byId)).toEqual(
          expected(roots)
            .filter(([id]) => stages.has(id))
            .sort(byId),
        );
      }),
    );
  });

  it('gives an unnamed parallel no node of its own', () => {
    expect(hasBox({ ...stage('', [], 'parallel'), id: 'x' })).toBe(false);
    expect(
      hasBox({ ...stage('Parallel', [], 'parallel'), synthetic: true }),
    ).toBe(false);
    expect(hasBox(stage('Test', [], 'parallel'))).toBe(true);
  });
});
