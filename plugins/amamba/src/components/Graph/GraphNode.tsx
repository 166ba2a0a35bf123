import { makeStyles } from '@material-ui/core/styles';
import { memo } from 'react';
import { StatusIcon, type StatusKey } from '../Status';
import { NODE_HEIGHT, NODE_WIDTH } from './geometry';

const useStyles = makeStyles(theme => ({
  node: {
    position: 'absolute',
    width: NODE_WIDTH,
    height: NODE_HEIGHT,
    display: 'flex',
    alignItems: 'center',
    gap: 6,
    padding: '0 6px',
    font: 'inherit',
    fontSize: 12,
    lineHeight: 1.25,
    textAlign: 'left',
    color: theme.palette.text.primary,
    background: theme.palette.background.paper,
    border: `1px solid ${theme.palette.text.secondary}`,
    borderRadius: theme.shape.borderRadius,
    cursor: 'pointer',
    '&:hover': { background: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.text.primary}`,
      outlineOffset: 2,
    },
  },
  selected: {
    borderColor: theme.palette.text.primary,
    boxShadow: `inset 0 0 0 1px ${theme.palette.text.primary}`,
    fontWeight: 'bold',
  },
  name: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
  below: {
    position: 'absolute',
    width: NODE_WIDTH,
    fontSize: 11,
    textAlign: 'center',
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
}));

interface GraphNodeProps {
  id: string;
  x: number;
  y: number;
  status: StatusKey;
  name: string;
  below?: string;
  label: string;
  selected: boolean;
  /** whether Tab leads to it */
  tabStop: boolean;
  /** of a fold */
  expanded?: boolean;
  onSelect(id: string): void;
  onPoint(id: string | undefined): void;
}

function NodeButton(props: GraphNodeProps) {
  const classes = useStyles();
  return (
    <>
      <button
        type="button"
        data-node={props.id}
        className={`${classes.node} ${props.selected ? classes.selected : ''}`}
        style={{ left: props.x, top: props.y }}
        tabIndex={props.tabStop ? 0 : -1}
        aria-label={props.label}
        aria-current={props.selected || undefined}
        aria-expanded={props.expanded}
        onClick={() => props.onSelect(props.id)}
        onFocus={() => props.onPoint(props.id)}
        onBlur={() => props.onPoint(undefined)}
        onMouseEnter={() => props.onPoint(props.id)}
        onMouseLeave={() => props.onPoint(undefined)}
      >
        <StatusIcon status={props.status} size={18} />
        <span className={classes.name}>{props.name}</span>
      </button>
      {/* in the name of the button in the words that are spoken */}
      {props.below && (
        <span
          className={classes.below}
          style={{ left: props.x, top: props.y + NODE_HEIGHT + 1 }}
          aria-hidden
        >
          {props.below}
        </span>
      )}
    </>
  );
}

/** A node of the graph: a button. Its name says everything that is seen. */
export const GraphNode = memo(NodeButton);
