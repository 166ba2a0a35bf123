import { makeStyles } from '@material-ui/core/styles';
import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { nodeLook, rollUp, type StatusKey } from '../Status';
import { displayTree, type Fold } from './displayTree';
import { GraphNode } from './GraphNode';
import { GraphTools } from './GraphTools';
import {
  layoutGraph,
  NODE_HEIGHT,
  NODE_WIDTH,
  PADDING,
  type Neighbours,
} from './layout';
import { MiniMap } from './MiniMap';
import { useStageText } from './useStageText';
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

/** What a node shows, whether a stage or a fold. */
interface NodeContent {
  status: StatusKey;
  name: string;
  duration?: string;
  label: string;
  expanded?: boolean;
}

/**
 * The graph itself: one tab stop, arrow keys follow the edges.
 * @param props.bar - stands above it, beside the tools
 * @param props.maxHeight - in pixels; the graph is lower when it needs less
 */
export function GraphCanvas(props: {
  stages: readonly RunStage[];
  live: boolean;
  selected?: string;
  bar: ReactNode;
  maxHeight: number;
  onSelect(id: string): void;
}) {
  const { stages, selected, onSelect } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const stageText = useStageText(props.live);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();
  const [pointed, setPointed] = useState<string>();
  const room = useRef<HTMLDivElement>(null);

  const tree = useMemo(
    () => displayTree(stages, { open, selected }),
    [stages, open, selected],
  );
  const layout = useMemo(() => layoutGraph(tree.roots), [tree]);
  const { zoom, touched, fit, step } = useZoom(room, layout);

  const tabStop = [focused, selected, layout.nodes[0]?.id].find(
    id => id !== undefined && layout.neighbours.has(id),
  );

  const foldContent = ({ branches, open: isOpen }: Fold): NodeContent => {
    const failed = branches.filter(({ state }) => state === 'failed').length;
    const count = t('components.graph.branches', { count: branches.length });
    const name = [
      isOpen ? t('components.graph.foldAgain', { branches: count }) : count,
      ...(failed > 0 ? [t('components.graph.failed', { count: failed })] : []),
    ].join(t('components.graph.separator'));
    return {
      status: rollUp(branches.map(({ state }) => nodeLook(state).status)),
      name,
      label: name,
      expanded: isOpen,
    };
  };

  const contentOf = (id: string): NodeContent | undefined => {
    const placed = tree.stages.get(id);
    if (placed) {
      return {
        status: nodeLook(placed.stage.state).status,
        ...stageText(placed),
      };
    }
    const fold = tree.folds.get(id);
    return fold && foldContent(fold);
  };

  const choose = useCallback(
    (id: string) => {
      touched.current = true;
      setFocused(id);
      if (!tree.folds.has(id)) {
        onSelect(id);
        return;
      }
      setOpen(before => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      });
    },
    [onSelect, touched, tree],
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

  // what runs or is selected is kept in view until the reader touches the graph
  useLayoutEffect(() => {
    if (touched.current) return;
    const running = [...tree.stages.values()].find(
      ({ stage }) => stage.state === 'running' && stage.children.length === 0,
    );
    const target = selected ?? running?.stage.id;
    if (target !== undefined) reveal(target);
  }, [reveal, selected, touched, tree]);

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

  const contents = new Map(
    layout.nodes.map(({ id }) => [id, contentOf(id)] as const),
  );
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
            aria-label={t('components.graph.label')}
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
                    duration={content.duration}
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
