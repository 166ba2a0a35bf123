import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { spanStyles } from './colours';
import { needOf, placeOf, ROW_HEIGHT, spacers } from './geometry';
import type { LineRange } from './lineRange';
import { LogLine, type LineLook } from './LogLine';
import type { LogPlace } from './LogLoader';
import type { LogSnapshot } from './LogWindow';
import { indexOfTarget, scrollTo, type ScrollTarget } from './scrollTarget';

/** A scroll bar that is dragged passes many places; the one where it rests is looked for. */
const SETTLE_MS = 120;

/** Keys that move the view upwards or at will. */
const READING_KEYS = new Set([
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Home',
  ' ',
]);

const useStyles = makeStyles(theme => ({
  scroller: {
    flex: 1,
    minHeight: 0,
    overflow: 'auto',
    // lines are kept in place here, not by the browser
    overflowAnchor: 'none',
    fontFamily: 'monospace',
    fontSize: 12,
    color: theme.palette.text.primary,
    background: theme.palette.background.paper,
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.text.primary}`,
      outlineOffset: -2,
    },
  },
  whole: { position: 'relative', minWidth: '100%' },
  drawn: { position: 'absolute', left: 0, minWidth: '100%' },
  wrapped: { width: '100%' },
}));

const noNumber = () => {};

/** The lines of a log that are in view, and room for those that are not. */
export function LogLines(props: {
  snapshot: LogSnapshot;
  label: string;
  wrap: boolean;
  following: boolean;
  pattern: RegExp | undefined;
  selected: LineRange | undefined;
  current: number | undefined;
  /** where the view is to go as soon as it is held */
  target: ScrollTarget | undefined;
  /** the target is being read */
  seeking: boolean;
  onArrived(): void;
  onExtend(direction: 'before' | 'after'): void;
  onSeek(place: LogPlace): void;
  /** the reader began to read: moved, or selected text */
  onReader(): void;
  /** absent: lines have no numbers */
  onNumber?(line: number, extend: boolean): void;
  /** what stands before the text of a line */
  lead?: LineLook['lead'];
}) {
  const { snapshot, wrap, following, target, seeking, onArrived } = props;
  const { onExtend, onSeek, onReader } = props;
  const classes = useStyles();
  const { palette } = useTheme();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ key: number; offset: number }>();
  const settle = useRef<ReturnType<typeof setTimeout>>();
  const [whole, setWhole] = useState<ReadonlySet<number>>(new Set());

  const room = spacers(snapshot);
  const virtualizer = useVirtualizer({
    count: snapshot.lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: index => snapshot.key + index,
    paddingStart: room.before,
    paddingEnd: room.after,
    overscan: 30,
    // the scroll events below come in the middle of an update, which must not be flushed
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const totalSize = virtualizer.getTotalSize();
  const heldHeight = totalSize - room.before - room.after;

  const topOf = useCallback(
    (index: number): number | undefined => {
      // the cache is brought up to date by asking for the size of all
      virtualizer.getTotalSize();
      return virtualizer.measurementsCache[index]?.start;
    },
    [virtualizer],
  );

  const rememberAnchor = useCallback(() => {
    const element = scroller.current;
    const first = virtualizer
      .getVirtualItems()
      .find(item => element && item.end > element.scrollTop);
    anchor.current =
      element && first
        ? { key: Number(first.key), offset: element.scrollTop - first.start }
        : undefined;
  }, [virtualizer]);

  useLayoutEffect(() => {
    // heights of wrapped lines count no more; the other way round each line measures itself as it is drawn
    if (!wrap) virtualizer.measure();
  }, [virtualizer, wrap]);

  // keeps what is read where it is, whatever comes and goes around it
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !anchor.current || following || target) return;
    const top = topOf(anchor.current.key - snapshot.key);
    if (top === undefined) return;
    const wanted = top + anchor.current.offset;
    if (Math.abs(element.scrollTop - wanted) >= 1) scrollTo(element, wanted);
  }, [snapshot, wrap, following, target, topOf]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && following) scrollTo(element, element.scrollHeight);
  }, [following, totalSize, snapshot]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || target === undefined) return;
    const index = indexOfTarget(snapshot, target);
    if (index === undefined) {
      // it is not where it was thought to be: the reader goes on from here
      if (!seeking) onArrived();
      return;
    }
    if (target === 'end') scrollTo(element, element.scrollHeight);
    else {
      const top = topOf(index) ?? 0;
      // lines before the one that was asked for say how it came to it
      scrollTo(element, Math.max(0, top - element.clientHeight / 3));
    }
    rememberAnchor();
    onArrived();
  }, [snapshot, target, seeking, topOf, rememberAnchor, onArrived]);

  const readOn = useCallback(() => {
    const element = scroller.current;
    if (!element || target !== undefined) return;
    const { scrollTop, clientHeight } = element;
    const need = needOf(
      snapshot,
      spacers(snapshot),
      { top: scrollTop, bottom: scrollTop + clientHeight },
      heldHeight,
    );
    if (need === 'before' || need === 'after') onExtend(need);
    clearTimeout(settle.current);
    if (typeof need === 'object') {
      const atEnd = scrollTop + clientHeight >= element.scrollHeight - 1;
      const place = atEnd ? 'end' : placeOf(snapshot, need.index);
      settle.current = setTimeout(() => onSeek(place), SETTLE_MS);
    }
  }, [snapshot, heldHeight, target, onExtend, onSeek]);
  useEffect(() => {
    readOn();
    return () => clearTimeout(settle.current);
  }, [readOn]);

  // selecting text is reading
  useEffect(() => {
    const onSelection = () => {
      const selection = document.getSelection();
      if (
        selection &&
        !selection.isCollapsed &&
        scroller.current?.contains(selection.anchorNode)
      ) {
        onReader();
      }
    };
    document.addEventListener('selectionchange', onSelection);
    return () => document.removeEventListener('selectionchange', onSelection);
  }, [onReader]);

  const showAll = useCallback(
    (id: number) => setWhole(before => new Set(before).add(id)),
    [],
  );

  const largest = snapshot.before + snapshot.lines.length + snapshot.after;
  const digits = props.onNumber ? Math.max(3, String(largest).length) : 0;
  const look: LineLook = useMemo(
    () => ({
      styleOf: spanStyles(palette),
      pattern: props.pattern,
      wrap,
      digits,
      lead: props.lead,
    }),
    [palette, props.pattern, wrap, digits, props.lead],
  );
  return (
    // keys and the wheel are watched, not taken: they scroll
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={scroller}
      className={classes.scroller}
      role="log"
      aria-live="off"
      aria-label={props.label}
      // a scroll area must be reachable by keys
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={() => {
        rememberAnchor();
        readOn();
      }}
      onWheel={event => {
        if (event.deltaY < 0) onReader();
      }}
      onTouchMove={onReader}
      onPointerDown={event => {
        // the scroll bar belongs to the area itself
        if (event.target === event.currentTarget) onReader();
      }}
      onKeyDown={event => {
        if (READING_KEYS.has(event.key)) onReader();
      }}
    >
      <div className={classes.whole} style={{ height: totalSize }}>
        <div
          className={`${classes.drawn} ${wrap ? classes.wrapped : ''}`}
          style={{ top: items[0]?.start ?? 0 }}
        >
          {items.map(({ index, key }) => {
            const line = snapshot.lines[index];
            const number =
              snapshot.first === undefined ? undefined : snapshot.first + index;
            return (
              <div
                key={key}
                data-index={index}
                ref={wrap ? virtualizer.measureElement : undefined}
              >
                <LogLine
                  id={Number(key)}
                  line={line}
                  number={number}
                  look={look}
                  selected={
                    number !== undefined &&
                    props.selected !== undefined &&
                    number >= props.selected.from &&
                    number <= props.selected.to
                  }
                  current={number !== undefined && number === props.current}
                  whole={whole.has(Number(key))}
                  onNumber={props.onNumber ?? noNumber}
                  onShowAll={showAll}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
