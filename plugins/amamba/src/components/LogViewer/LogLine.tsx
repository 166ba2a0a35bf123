import { makeStyles } from '@material-ui/core/styles';
import { memo, useMemo, type ReactNode } from 'react';
import { useAmambaTranslation } from '../../translation';
import { useLanguage } from '../Time';
import { parseLine, type LogSpan } from './ansi';
import type { SpanStyle } from './colours';
import { ROW_HEIGHT } from './geometry';
import { mark } from './highlight';
import { lineHash } from './lineRange';
import type { HeldLine } from './heldLines';

/** Characters of a line that are shown without being asked for. */
export const LONG_LINE = 10_000;

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    minHeight: ROW_HEIGHT,
    lineHeight: `${ROW_HEIGHT}px`,
  },
  // marked beside the text: a ground behind it would make some colours hard to read
  selected: {
    '& $number': {
      fontWeight: 'bold',
      color: theme.palette.text.primary,
      boxShadow: `inset 4px 0 0 ${theme.palette.text.primary}`,
    },
    boxShadow: `inset 0 1px 0 ${theme.palette.divider}, inset 0 -1px 0 ${theme.palette.divider}`,
  },
  current: {
    outline: `2px solid ${theme.palette.text.primary}`,
    outlineOffset: -2,
  },
  number: {
    position: 'sticky',
    left: 0,
    flex: 'none',
    boxSizing: 'content-box',
    padding: '0 8px',
    textAlign: 'right',
    // what is copied is the log, not its numbers
    userSelect: 'none',
    color: theme.palette.text.secondary,
    background: theme.palette.background.paper,
    textDecoration: 'none',
    '&:hover': { textDecoration: 'underline' },
  },
  text: { flex: '1 0 auto', whiteSpace: 'pre', tabSize: 8, paddingRight: 8 },
  wrapped: {
    flex: '1 1 0',
    minWidth: 0,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  mark: {
    color: theme.palette.getContrastText(theme.palette.warning.light),
    background: theme.palette.warning.light,
  },
  notice: { color: theme.palette.text.secondary, fontStyle: 'italic' },
  more: {
    // no higher than a line, so that every line has one height
    height: ROW_HEIGHT - 4,
    marginLeft: 8,
    padding: '0 4px',
    font: 'inherit',
    lineHeight: 1,
    color: theme.palette.text.primary,
    cursor: 'pointer',
  },
}));

/** What lines of one view share. */
export interface LineLook {
  styleOf: (span: LogSpan) => SpanStyle;
  pattern: RegExp | undefined;
  wrap: boolean;
  /** characters of the longest number; 0: lines have no numbers */
  digits: number;
  /** what stands before the text: time, author */
  lead?: (line: HeldLine) => ReactNode;
}

function Line(props: {
  /** stays with the line, see `LogSnapshot.key` */
  id: number;
  line: HeldLine;
  number: number | undefined;
  look: LineLook;
  selected: boolean;
  /** the match of the search that was gone to */
  current: boolean;
  whole: boolean;
  onNumber(line: number, extend: boolean): void;
  onShowAll(id: number): void;
}) {
  const { line, number, look, whole } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const cut = !whole && line.text.length > LONG_LINE;
  const spans = useMemo(
    () =>
      mark(
        parseLine(cut ? line.text.slice(0, LONG_LINE) : line.text, line.state),
        look.pattern,
      ),
    [line, cut, look.pattern],
  );
  return (
    <div
      className={[
        classes.line,
        props.selected ? classes.selected : '',
        props.current ? classes.current : '',
      ].join(' ')}
    >
      {look.digits > 0 && number === undefined && (
        <span
          className={classes.number}
          style={{ width: `${look.digits}ch` }}
        />
      )}
      {look.digits > 0 && number !== undefined && (
        <a
          className={classes.number}
          style={{ width: `${look.digits}ch` }}
          href={lineHash({ from: number, to: number })}
          // thousands of them would stand between the log and what follows it
          tabIndex={-1}
          aria-label={t('components.log.lineNumber', { line: String(number) })}
          onClick={event => {
            event.preventDefault();
            props.onNumber(number, event.shiftKey);
          }}
        >
          {number}
        </a>
      )}
      {look.lead?.(line)}
      <span
        className={[
          look.wrap ? classes.wrapped : classes.text,
          line.notice ? classes.notice : '',
        ].join(' ')}
      >
        {spans.map(({ span, marked }, index) =>
          marked ? (
            // stretches have no identity but their place
            // eslint-disable-next-line react/no-array-index-key
            <mark key={index} className={classes.mark}>
              {span.text}
            </mark>
          ) : (
            // eslint-disable-next-line react/no-array-index-key
            <span key={index} style={look.styleOf(span)}>
              {span.text}
            </span>
          ),
        )}
        {cut && (
          <button
            type="button"
            className={classes.more}
            onClick={() => props.onShowAll(props.id)}
          >
            {t('components.log.showAll', {
              characters: new Intl.NumberFormat(language).format(
                line.text.length,
              ),
            })}
          </button>
        )}
      </span>
    </div>
  );
}

/** A line of a log with its number. */
export const LogLine = memo(Line);
