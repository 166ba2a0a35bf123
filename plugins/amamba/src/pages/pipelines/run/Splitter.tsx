import { makeStyles } from '@material-ui/core/styles';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

const STEP = 16;

const useStyles = makeStyles(theme => ({
  root: {
    flex: 'none',
    touchAction: 'none',
    borderRadius: 2,
    '&:hover': { background: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.text.primary}`,
    },
    '&::after': {
      content: '""',
      display: 'block',
      margin: 'auto',
      borderRadius: 2,
      background: theme.palette.text.secondary,
    },
    display: 'flex',
  },
  vertical: {
    width: 8,
    cursor: 'col-resize',
    '&::after': { width: 2, height: 32 },
  },
  horizontal: {
    height: 8,
    cursor: 'row-resize',
    '&::after': { width: 32, height: 2 },
  },
}));

/**
 * Divides two panes: dragged, or moved by arrow keys.
 * @param props.orientation - of the line itself
 * @param props.value - size of the pane before it, in pixels
 */
export function Splitter(props: {
  orientation: 'horizontal' | 'vertical';
  label: string;
  value: number;
  min: number;
  max: number;
  onChange(value: number): void;
}) {
  const { orientation, value, min, max } = props;
  const classes = useStyles();
  const drag = useRef<{ from: number; value: number }>();
  const change = (to: number) =>
    props.onChange(Math.round(Math.min(max, Math.max(min, to))));
  const at = (event: PointerEvent) =>
    orientation === 'vertical' ? event.clientX : event.clientY;

  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Record<string, number> =
      orientation === 'vertical'
        ? { ArrowLeft: value - STEP, ArrowRight: value + STEP }
        : { ArrowUp: value - STEP, ArrowDown: value + STEP };
    const to = { ...keys, Home: min, End: max }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    change(to);
  };
  return (
    // a focusable separator is a control by ARIA, which the rule does not know
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={`${classes.root} ${classes[orientation]}`}
      role="separator"
      aria-orientation={orientation}
      aria-label={props.label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: at(event), value };
      }}
      onPointerMove={event => {
        if (drag.current)
          change(drag.current.value + at(event) - drag.current.from);
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
    />
  );
}
