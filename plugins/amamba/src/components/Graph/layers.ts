import {
  COLUMN,
  GAP_X,
  NODE_HEIGHT,
  NODE_WIDTH,
  PADDING,
  ROW,
  type GraphLayout,
  type Neighbours,
  type NodeBox,
} from './geometry';

/** A node with its column: layers without any node take no room. */
export interface LayeredNode {
  id: string;
  layer: number;
}

export interface LayeredEdge {
  from: string;
  to: string;
}

/** How often columns are sorted by what they are connected with, forth and back. */
const PASSES = 4;

type Links = ReadonlyMap<string, readonly string[]>;

/**
 * Lays nodes out in columns from left to right, each beside what it is connected with. It depends on the structure alone: nodes of a
 * column begin in the order that they are given in.
 */
export function layoutLayers(
  nodes: readonly LayeredNode[],
  edges: readonly LayeredEdge[],
): GraphLayout {
  const columns = columnsOf(nodes);
  const columnOf = new Map(
    columns.flatMap((ids, column) => ids.map(id => [id, column] as const)),
  );
  const drawn = edges.filter(
    ({ from, to }) => columnOf.has(from) && columnOf.has(to) && from !== to,
  );
  const links = linksOf(drawn);
  sortColumns(columns, columnOf, links);
  const y = placeColumns(columns, columnOf, links);
  const x = (id: string) => PADDING + (columnOf.get(id) ?? 0) * COLUMN;
  const boxes: NodeBox[] = columns.flatMap(ids =>
    ids.map(id => ({ id, x: x(id), y: PADDING + (y.get(id) ?? 0) })),
  );
  const byId = new Map(boxes.map(box => [box.id, box]));
  const lowest = Math.max(0, ...boxes.map(box => box.y - PADDING + ROW));
  return {
    nodes: boxes,
    edges: drawn.flatMap(({ from, to }) => {
      const [a, b] = [byId.get(from), byId.get(to)];
      return a && b ? [curve(a, b)] : [];
    }),
    neighbours: neighboursOf(columns, columnOf, byId, links),
    width: 2 * PADDING + Math.max(0, columns.length * COLUMN - GAP_X),
    height: 2 * PADDING + lowest,
  };
}

function columnsOf(nodes: readonly LayeredNode[]): string[][] {
  const layers = [...new Set(nodes.map(({ layer }) => layer))].sort(
    (a, b) => a - b,
  );
  return layers.map(layer =>
    nodes.filter(node => node.layer === layer).map(({ id }) => id),
  );
}

function linksOf(edges: readonly LayeredEdge[]): Links {
  const links = new Map<string, string[]>();
  const add = (a: string, b: string) => {
    const list = links.get(a);
    if (list) list.push(b);
    else links.set(a, [b]);
  };
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return links;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sorts each column by the middle of what its nodes are connected with on one side, and then on the other. */
function sortColumns(
  columns: string[][],
  columnOf: ReadonlyMap<string, number>,
  links: Links,
): void {
  for (let pass = 0; pass < PASSES; pass += 1) {
    const forth = pass % 2 === 0;
    const order = new Map(
      columns.flatMap(ids => ids.map((id, index) => [id, index] as const)),
    );
    const indices = columns.map((_, index) => index);
    for (const column of forth ? indices : indices.reverse()) {
      const weight = (id: string) => {
        const others = (links.get(id) ?? []).filter(other => {
          const at = columnOf.get(other) ?? 0;
          return forth ? at < column : at > column;
        });
        return others.length > 0
          ? mean(others.map(other => order.get(other) ?? 0))
          : (order.get(id) ?? 0);
      };
      const weights = new Map(columns[column].map(id => [id, weight(id)]));
      columns[column].sort(
        (a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0),
      );
      columns[column].forEach((id, index) => order.set(id, index));
    }
  }
}

/** Upper edges: each node as near to the middle of what it is connected with as its column leaves room for. */
function placeColumns(
  columns: readonly (readonly string[])[],
  columnOf: ReadonlyMap<string, number>,
  links: Links,
): ReadonlyMap<string, number> {
  const y = new Map<string, number>();
  const stack = (
    ids: readonly string[],
    wanted: (id: string) => number | undefined,
  ) => {
    let next = 0;
    for (const id of ids) {
      const at = Math.max(next, wanted(id) ?? next);
      y.set(id, at);
      next = at + ROW;
    }
  };
  const middle = (id: string, fits: (column: number) => boolean) => {
    const others = (links.get(id) ?? []).flatMap(other => {
      const at = y.get(other);
      return at !== undefined && fits(columnOf.get(other) ?? 0) ? [at] : [];
    });
    return others.length > 0 ? mean(others) : undefined;
  };
  columns.forEach((ids, column) =>
    stack(ids, id => middle(id, other => other < column)),
  );
  [...columns.entries()].reverse().forEach(([column, ids]) => {
    stack(ids, id => middle(id, other => other > column) ?? y.get(id));
  });
  return y;
}

/** From the right edge of a node to the left edge of another one; bent around where that lies in the same column. */
function curve(from: NodeBox, to: NodeBox): string {
  const [y1, y2] = [from.y + NODE_HEIGHT / 2, to.y + NODE_HEIGHT / 2];
  const x1 = from.x + NODE_WIDTH;
  if (to.x <= from.x) {
    const x2 = to.x + NODE_WIDTH;
    return `M${x1} ${y1}C${x1 + GAP_X} ${y1} ${x2 + GAP_X} ${y2} ${x2} ${y2}`;
  }
  const bend = GAP_X / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${to.x - bend} ${y2} ${to.x} ${y2}`;
}

function neighboursOf(
  columns: readonly (readonly string[])[],
  columnOf: ReadonlyMap<string, number>,
  byId: ReadonlyMap<string, NodeBox>,
  links: Links,
): Map<string, Neighbours> {
  const neighbours = new Map<string, Neighbours>();
  const distance = (a: string, b: string) =>
    Math.abs((byId.get(a)?.y ?? 0) - (byId.get(b)?.y ?? 0));
  columns.forEach((ids, column) =>
    ids.forEach((id, index) => {
      const nearest = (candidates: readonly string[]) =>
        [...candidates].sort((a, b) => distance(id, a) - distance(id, b))[0];
      const connected = (fits: (other: number) => boolean) =>
        (links.get(id) ?? []).filter(other => fits(columnOf.get(other) ?? 0));
      // where no edge leads on, the next column can still be reached
      const beside = (
        fits: (other: number) => boolean,
        next: readonly string[],
      ) => nearest(connected(fits)) ?? nearest(next);
      neighbours.set(id, {
        left: beside(other => other < column, columns[column - 1] ?? []),
        right: beside(other => other > column, columns[column + 1] ?? []),
        up: ids[index - 1],
        down: ids[index + 1],
      });
    }),
  );
  return neighbours;
}
