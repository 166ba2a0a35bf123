import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useEffect, useState, type PointerEvent, type RefObject } from 'react';
import type { StatusKey } from '../Status';
import { NODE_HEIGHT, NODE_WIDTH, type GraphLayout } from './geometry';

const WIDTH = 240;
const MAX_HEIGHT = 34;

const useStyles = makeStyles(theme => ({
  root: {
    alignSelf: 'center',
    marginInlineStart: 'auto',
    background: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    cursor: 'pointer',
    touchAction: 'none',
  },
}));

interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The whole graph in small, with what is seen of it. For the mouse: keys have the arrows, and the list. */
export function MiniMap(props: {
  layout: GraphLayout;
  zoom: number;
  room: RefObject<HTMLElement>;
  statusOf(id: string): StatusKey | undefined;
  onMove(): void;
}) {
  const { layout, room, zoom } = props;
  const classes = useStyles();
  const { palette } = useTheme();
  const [seen, setSeen] = useState<Window>();

  useEffect(() => {
    const element = room.current;
    if (!element) return undefined;
    const update = () =>
      setSeen({
        left: element.scrollLeft / zoom,
        top: element.scrollTop / zoom,
        width: element.clientWidth / zoom,
        height: element.clientHeight / zoom,
      });
    update();
    element.addEventListener('scroll', update, { passive: true });
    return () => element.removeEventListener('scroll', update);
  }, [room, zoom, layout]);

  const scale = Math.min(WIDTH / layout.width, MAX_HEIGHT / layout.height);
  const moveTo = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1 || !room.current || !seen) return;
    const map = event.currentTarget.getBoundingClientRect();
    props.onMove();
    room.current.scrollLeft =
      ((event.clientX - map.left) / scale - seen.width / 2) * zoom;
    room.current.scrollTop =
      ((event.clientY - map.top) / scale - seen.height / 2) * zoom;
  };
  return (
    <svg
      aria-hidden
      className={classes.root}
      width={layout.width * scale}
      height={layout.height * scale}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      onPointerDown={moveTo}
      onPointerMove={moveTo}
    >
      {layout.nodes.map(({ id, x, y }) => {
        const problem = props.statusOf(id) === 'failed';
        return (
          <rect
            key={id}
            x={x}
            y={y}
            width={NODE_WIDTH}
            height={NODE_HEIGHT}
            fill={problem ? palette.status.error : palette.action.disabled}
          />
        );
      })}
      {seen && (
        <rect
          x={seen.left}
          y={seen.top}
          width={seen.width}
          height={seen.height}
          fill="none"
          stroke={palette.text.primary}
          strokeWidth={2 / scale}
        />
      )}
    </svg>
  );
}
