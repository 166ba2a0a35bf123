/** Size of a node and of the room around it, in pixels at 100 %. */
export const NODE_WIDTH = 120;
export const NODE_HEIGHT = 40;
export const GAP_X = 40;
/** holds the line below a node: how long a stage took */
export const GAP_Y = 24;
export const PADDING = 24;

export const COLUMN = NODE_WIDTH + GAP_X;
export const ROW = NODE_HEIGHT + GAP_Y;

/** Ids that the arrow keys lead to. */
export interface Neighbours {
  left?: string;
  right?: string;
  up?: string;
  down?: string;
}

export interface NodeBox {
  id: string;
  /** left and upper edge in pixels */
  x: number;
  y: number;
}

/** Where everything is drawn. */
export interface GraphLayout {
  /** in reading order */
  nodes: NodeBox[];
  /** lines between nodes, as SVG paths */
  edges: string[];
  width: number;
  height: number;
  neighbours: ReadonlyMap<string, Neighbours>;
}
