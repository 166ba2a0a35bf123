import {
  COLUMN,
  GAP_X,
  NODE_HEIGHT,
  PADDING,
  ROW,
  type GraphLayout,
  type Neighbours,
  type NodeBox,
} from '../Graph';
import type { DisplayNode } from './displayTree';

const CORNER = 8;

interface Extent {
  columns: number;
  rows: number;
}

/**
 * Lays stages out from left to right: a sequence in one row, branches in rows below each other. Every block is as
 * wide and as high as what is in it and begins in its upper left corner, so that blocks cannot overlap. Time is linear in the
 * number of nodes; the result depends on the structure alone.
 */
export function layoutGraph(roots: readonly DisplayNode[]): GraphLayout {
  const extents = new Map<DisplayNode, Extent>();
  const nodes: NodeBox[] = [];
  const edges: string[] = [];
  const neighbours = new Map<string, Neighbours>();
  const columns: NodeBox[][] = [];

  const inSequence = (children: readonly DisplayNode[]): Extent => {
    let width = 0;
    let rows = 0;
    for (const child of children) {
      const extent = measure(child);
      width += extent.columns;
      rows = Math.max(rows, extent.rows);
    }
    return { columns: width, rows };
  };

  const sideBySide = (children: readonly DisplayNode[]): Extent => {
    let width = 0;
    let rows = 0;
    for (const child of children) {
      const extent = measure(child);
      width = Math.max(width, extent.columns);
      rows += extent.rows;
    }
    return { columns: width, rows };
  };

  function measure(node: DisplayNode): Extent {
    const inner =
      node.flow === 'parallel'
        ? sideBySide(node.children)
        : inSequence(node.children);
    const own = node.box ? 1 : 0;
    const extent = {
      columns: inner.columns + own,
      rows: Math.max(inner.rows, own),
    };
    extents.set(node, extent);
    return extent;
  }

  const extentOf = (node: DisplayNode): Extent =>
    extents.get(node) ?? { columns: 0, rows: 0 };

  /** Places nodes one after the other; gives the id of the last one in the row. */
  function placeSequence(
    children: readonly DisplayNode[],
    column: number,
    row: number,
    before: string | undefined,
    after: string | undefined,
  ): string | undefined {
    let at = column;
    let left = before;
    children.forEach((child, index) => {
      const { columns: width } = extentOf(child);
      if (width === 0) return;
      if (at > column) edges.push(straight(at, row));
      const right = firstBox(children, index + 1) ?? after;
      left = place(child, at, row, left, right);
      at += width;
    });
    return left;
  }

  /** Places branches below each other; gives the id of the last node of the first branch. */
  function placeParallel(
    node: DisplayNode,
    column: number,
    row: number,
    before: string | undefined,
    after: string | undefined,
  ): string | undefined {
    let at = row;
    let exit: string | undefined;
    const { columns: width } = sideBySideExtent(node);
    for (const child of node.children) {
      const extent = extentOf(child);
      if (extent.rows === 0) continue;
      if (at > row) edges.push(fork(column, row, at));
      const last = place(child, column, at, before, after);
      exit ??= last;
      const end = column + extent.columns;
      if (after !== undefined) {
        if (at > row) edges.push(join(end, column + width, at, row));
        else if (extent.columns < width)
          edges.push(extend(end, column + width, row));
      }
      at += extent.rows;
    }
    return exit ?? before;
  }

  function sideBySideExtent(node: DisplayNode): Extent {
    const { columns: width, rows } = extentOf(node);
    return { columns: width - (node.box ? 1 : 0), rows };
  }

  function place(
    node: DisplayNode,
    column: number,
    row: number,
    before: string | undefined,
    after: string | undefined,
  ): string | undefined {
    let left = before;
    let at = column;
    if (node.box) {
      const box = {
        id: node.id,
        x: PADDING + column * COLUMN,
        y: PADDING + row * ROW,
      };
      nodes.push(box);
      (columns[column] ??= []).push(box);
      neighbours.set(node.id, {
        left: before,
        right: firstBox(node.children, 0) ?? after,
      });
      left = node.id;
      at += 1;
      if (extentOf(node).columns > 1) edges.push(straight(at, row));
    }
    return node.flow === 'parallel'
      ? placeParallel(node, at, row, left, after)
      : placeSequence(node.children, at, row, left, after);
  }

  const extent = inSequence(roots);
  placeSequence(roots, 0, 0, undefined, undefined);
  for (const column of columns) {
    column.sort((a, b) => a.y - b.y);
    column.forEach((box, index) => {
      const own = neighbours.get(box.id);
      if (!own) return;
      own.up = column[index - 1]?.id;
      own.down = column[index + 1]?.id;
    });
  }
  return {
    nodes,
    edges,
    neighbours,
    width: 2 * PADDING + Math.max(0, extent.columns * COLUMN - GAP_X),
    height: 2 * PADDING + extent.rows * ROW,
  };
}

/** The first node that is drawn among siblings from an index on. */
function firstBox(
  siblings: readonly DisplayNode[],
  from: number,
): string | undefined {
  for (let index = from; index < siblings.length; index++) {
    const node = siblings[index];
    const id = node.box ? node.id : firstBox(node.children, 0);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Middle of the gap before a column. */
function gapX(column: number): number {
  return PADDING + column * COLUMN - GAP_X / 2;
}

function rowY(row: number): number {
  return PADDING + row * ROW + NODE_HEIGHT / 2;
}

/** Across the gap before a column. */
function straight(column: number, row: number): string {
  const x = gapX(column);
  return `M${x - GAP_X / 2} ${rowY(row)}H${x + GAP_X / 2}`;
}

/** From the end of one column through empty columns to the gap before another one. */
function extend(from: number, to: number, row: number): string {
  return `M${gapX(from) - GAP_X / 2} ${rowY(row)}H${gapX(to)}`;
}

/** From the gap before a column down to a branch. */
function fork(column: number, from: number, to: number): string {
  const x = gapX(column);
  return `M${x} ${rowY(from)}V${rowY(to) - CORNER}q0 ${CORNER} ${CORNER} ${CORNER}H${x + GAP_X / 2}`;
}

/** From the end of a branch to the gap behind its parallel, and up. */
function join(end: number, column: number, from: number, to: number): string {
  const x = gapX(column);
  return `M${gapX(end) - GAP_X / 2} ${rowY(from)}H${x - CORNER}q${CORNER} 0 ${CORNER} ${-CORNER}V${rowY(to)}`;
}
