import { makeStyles } from '@material-ui/core/styles';
import ChevronRight from '@material-ui/icons/ChevronRight';
import ExpandMore from '@material-ui/icons/ExpandMore';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { nodeLook, StatusIcon, useStatusWord } from '../Status';
import { treeRows, type TreeRow } from './treeRows';
import { useStageText } from './useStageText';

const ROW_HEIGHT = 32;
const INDENT = 20;

const useStyles = makeStyles(theme => ({
  root: {
    overflow: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.paper,
    '&:focus-visible $active': {
      outline: `2px solid ${theme.palette.text.primary}`,
      outlineOffset: -2,
    },
  },
  content: { position: 'relative' },
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    height: ROW_HEIGHT,
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    paddingRight: theme.spacing(2),
    cursor: 'pointer',
    whiteSpace: 'nowrap',
    '&:hover': { background: theme.palette.action.hover },
  },
  active: {},
  selected: {
    background: theme.palette.action.selected,
    fontWeight: 'bold',
  },
  toggle: { flex: 'none', width: 24, height: 24 },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', flex: 1 },
  duration: {
    fontVariantNumeric: 'tabular-nums',
  },
  nothing: { padding: theme.spacing(2) },
}));

/**
 * The stages as a tree of lines, for many stages, narrow screens and those who prefer it: one tab stop, and only the
 * lines that are seen are drawn.
 */
export function StageTree(props: {
  stages: readonly RunStage[];
  live: boolean;
  problemsOnly: boolean;
  selected?: string;
  maxHeight: number;
  onSelect(id: string): void;
}) {
  const { stages, problemsOnly, selected, onSelect } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const stageText = useStageText(props.live);
  const word = useStatusWord();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | undefined>(selected);

  const rows = useMemo(
    () => treeRows(stages, { collapsed, problemsOnly }),
    [stages, collapsed, problemsOnly],
  );
  const found = rows.findIndex(row => row.stage.id === active);
  const activeIndex = found < 0 ? 0 : found;

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });

  useEffect(() => {
    const index = rows.findIndex(row => row.stage.id === selected);
    if (index >= 0) virtualizer.scrollToIndex(index);
    // only a new selection moves the list, not a change of its rows
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);

  const moveTo = (index: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    setActive(row.stage.id);
    virtualizer.scrollToIndex(rows.indexOf(row));
  };
  const toggle = (row: TreeRow) =>
    setCollapsed(before => {
      const after = new Set(before);
      if (!after.delete(row.stage.id)) after.add(row.stage.id);
      return after;
    });

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[activeIndex];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Record<string, () => void> = {
      ArrowDown: () => moveTo(activeIndex + 1),
      ArrowUp: () => moveTo(activeIndex - 1),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      ArrowRight: () => {
        if (row.expanded === false) toggle(row);
        else if (row.expanded) moveTo(activeIndex + 1);
      },
      ArrowLeft: () => {
        if (row.expanded) toggle(row);
        else if (row.parent !== undefined)
          moveTo(rows.findIndex(({ stage }) => stage.id === row.parent));
      },
      Enter: () => onSelect(row.stage.id),
      ' ': () => onSelect(row.stage.id),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };

  if (rows.length === 0) {
    return (
      <div className={classes.nothing}>{t('components.graph.noProblems')}</div>
    );
  }
  const rowId = (index: number) => `${id}-${rows[index].stage.id}`;
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      className={classes.root}
      style={{ maxHeight: props.maxHeight }}
      aria-label={t('components.graph.label')}
      aria-activedescendant={rowId(activeIndex)}
      onKeyDown={onKeyDown}
    >
      <div
        role="presentation"
        className={classes.content}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          const text = stageText(row);
          const look = nodeLook(row.stage.state);
          const isSelected = row.stage.id === selected;
          return (
            // keys are taken by the tree, whose active descendant this is
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={row.stage.id}
              id={rowId(index)}
              role="treeitem"
              className={[
                classes.row,
                index === activeIndex ? classes.active : '',
                isSelected ? classes.selected : '',
              ].join(' ')}
              style={{ top: start, paddingLeft: row.level * INDENT }}
              aria-level={row.level}
              aria-setsize={row.siblings}
              aria-posinset={row.position}
              aria-expanded={row.expanded}
              aria-selected={isSelected}
              onClick={() => {
                setActive(row.stage.id);
                onSelect(row.stage.id);
              }}
            >
              {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
              <span
                className={classes.toggle}
                onClick={event => {
                  if (row.expanded === undefined) return;
                  event.stopPropagation();
                  toggle(row);
                }}
              >
                {row.expanded === true && <ExpandMore />}
                {row.expanded === false && <ChevronRight />}
              </span>
              <StatusIcon status={look.status} label={word(look.word)} />
              <span className={classes.name} title={text.name}>
                {text.name}
              </span>
              {/* keeps the two apart in the name of the row */}{' '}
              <span className={classes.duration}>{text.duration}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
