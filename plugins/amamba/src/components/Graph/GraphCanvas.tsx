import { makeStyles } from '@material-ui/core/styles';
import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { StatusKey } from '../Status';
import { GraphNode } from './GraphNode';
import { GraphTools } from './GraphTools';
import {
  NODE_HEIGHT,
  NODE_WIDTH,
  PADDING,
  type GraphLayout,
  type Neighbours,
} from './geometry';
import { MiniMap } from './MiniMap';
import { useZoom } from './useZoom';
import { scrollIntoRoom } from './zoom';

/** From this many nodes on a map of the whole helps. */
const MINIMAP_ABOVE = 60;

const KEYS: Readonly<Record<string, keyof Neighbours>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const useStyles = makeStyles(theme => ({
  frame: { position: 'relative' },
  bar: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between' },
  room: {
    overflow: 'auto',
    background: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  content: { position: 'relative', transformOrigin: '0 0' },
  edges: {
    position: 'absolute',
    inset: 0,
    fill: 'none',
    stroke: theme.palette.text.secondary,
    strokeWidth: 1.5,
  },
  tip: {
    position: 'absolute',
    zIndex: theme.zIndex.tooltip,
    maxWidth: 280,
    padding: theme.spacing(0.5, 1),
    pointerEvents: 'none',
    fontSize: 12,
    overflowWrap: 'anywhere',
    color: theme.palette.background.paper,
    background: theme.palette.text.primary,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** What a node shows. */
export interface NodeContent {
  status: StatusKey;
  name: string;
  /** a short line below the node */
  below?: string;
  /** everything that is seen, in words */
  label: string;
  /** of a node that stands for others */
  expanded?: boolean;
}

/**
 * A graph whose nodes are buttons: one tab stop, arrow keys follow the edges. Layout depends on the structure alone, so
 * that nothing moves when states change.
 * @param props.label - what the nodes are
 * @param props.contents - by node
 * @param props.watch - the node that is kept in view until the reader touches the graph
 * @param props.bar - stands above it, beside the tools
 * @param props.maxHeight - in pixels; the graph is lower when it needs less
 */
export function GraphCanvas(props: {
  label: string;
  layout: GraphLayout;
  contents: ReadonlyMap<string, NodeContent>;
  selected?: string;
  watch?: string;
  bar: ReactNode;
  maxHeight: number;
  onChoose(id: string): void;
}) {
  const { layout, contents, selected, watch, onChoose } = props;
  const classes = useStyles();
  const [focused, setFocused] = useState<string>();
  const [pointed, setPointed] = useState<string>();
  const room = useRef<HTMLDivElement>(null);
  const { zoom, touched, fit, step } = useZoom(room, layout);

  const tabStop = [focused, selected, layout.nodes[0]?.id].find(
    id => id !== undefined && layout.neighbours.has(id),
  );

  const choose = useCallback(
    (id: string) => {
      touched.current = true;
      setFocused(id);
      onChoose(id);
    },
    [onChoose, touched],
  );

  const reveal = useCallback(
    (id: string) => {
      const element = room.current;
      const box = layout.nodes.find(node => node.id === id);
      if (!element || !box) return;
      element.scrollLeft = scrollIntoRoom(
        element.scrollLeft,
        element.clientWidth,
        box.x * zoom,
        (box.x + NODE_WIDTH) * zoom,
        PADDING,
      );
      element.scrollTop = scrollIntoRoom(
        element.scrollTop,
        element.clientHeight,
        box.y * zoom,
        (box.y + NODE_HEIGHT) * zoom,
        PADDING,
      );
    },
    [layout, zoom],
  );

  useLayoutEffect(() => {
    if (!touched.current && watch !== undefined) reveal(watch);
  }, [reveal, touched, watch]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const from = tabStop;
    if (from === undefined || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const direction = KEYS[event.key];
    const next = direction
      ? layout.neighbours.get(from)?.[direction]
      : { Home: layout.nodes[0].id, End: layout.nodes.at(-1)?.id }[event.key];
    if (direction || next) event.preventDefault();
    if (next === undefined) return;
    touched.current = true;
    setFocused(next);
    reveal(next);
    room.current
      ?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)
      ?.focus({ preventScroll: true });
  };

  const pointedBox = layout.nodes.find(({ id }) => id === pointed);
  const pointedContent = pointedBox && contents.get(pointedBox.id);
  return (
    <div className={classes.frame}>
      <div className={classes.bar}>
        {props.bar}
        {layout.nodes.length > MINIMAP_ABOVE && (
          <MiniMap
            layout={layout}
            zoom={zoom}
            room={room}
            statusOf={id => contents.get(id)?.status}
            onMove={() => {
              touched.current = true;
            }}
          />
        )}
        <GraphTools zoom={zoom} onFit={fit} onStep={step} />
      </div>
      <div
        ref={room}
        className={classes.room}
        style={{ maxHeight: props.maxHeight }}
        onPointerDown={() => {
          touched.current = true;
        }}
      >
        <div
          style={{ width: layout.width * zoom, height: layout.height * zoom }}
        >
          {/* keys are taken in one place for all nodes, which are buttons */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <div
            role="group"
            aria-label={props.label}
            className={classes.content}
            style={{
              width: layout.width,
              height: layout.height,
              transform: `scale(${zoom})`,
            }}
            onKeyDown={onKeyDown}
          >
            <svg
              className={classes.edges}
              width={layout.width}
              height={layout.height}
              aria-hidden
            >
              <path d={layout.edges.join('')} />
            </svg>
            {layout.nodes.map(({ id, x, y }) => {
              const content = contents.get(id);
              return (
                content && (
                  <GraphNode
                    key={id}
                    id={id}
                    x={x}
                    y={y}
                    status={content.status}
                    name={content.name}
                    below={content.below}
                    label={content.label}
                    expanded={content.expanded}
                    selected={id === selected}
                    tabStop={id === tabStop}
                    onSelect={choose}
                    onPoint={setPointed}
                  />
                )
              );
            })}
            {pointedBox && pointedContent && (
              <div
                className={classes.tip}
                aria-hidden
                style={{
                  left: pointedBox.x,
                  top: pointedBox.y + NODE_HEIGHT + 4,
                }}
              >
                {pointedContent.label}
              </div>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
