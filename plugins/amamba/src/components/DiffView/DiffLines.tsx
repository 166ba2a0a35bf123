import Button from '@material-ui/core/Button';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useAmambaTranslation } from '../../translation';
import { useLanguage } from '../Time';
import { VisuallyHidden } from '../States';
import { chunksOf, sidesOf, type DiffLine } from './lineDiff';

/** Lines of one piece that are drawn at once. */
const MAX_LINES = 400;
const TINT = 0.18;

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    minHeight: '1.5em',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  sign: { flex: 'none', width: '2ch', userSelect: 'none' },
  removed: { background: alpha(theme.palette.status.error, TINT) },
  added: { background: alpha(theme.palette.status.ok, TINT) },
  sides: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
  },
  side: {
    minWidth: 0,
    '& + &': { borderInlineStart: `1px solid ${theme.palette.divider}` },
  },
  gap: {
    justifyContent: 'flex-start',
    color: theme.palette.text.secondary,
    background: theme.palette.action.hover,
    borderRadius: 0,
  },
}));

/** How the two sides stand: below each other, or side by side. */
export type DiffMode = 'inline' | 'side';

/** A line with its sign; colour says nothing that the sign does not. */
function Line(props: { line: DiffLine | undefined }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { line } = props;
  if (!line) return <div className={classes.line} aria-hidden />;
  if (line.type === 'same') {
    return (
      <div className={classes.line}>
        <span className={classes.sign} />
        {line.text}
      </div>
    );
  }
  const removed = line.type === 'removed';
  return (
    <div
      className={`${classes.line} ${removed ? classes.removed : classes.added}`}
    >
      <span className={classes.sign} aria-hidden>
        {removed ? '−' : '+'}
      </span>
      <VisuallyHidden>
        {removed
          ? t('components.diff.removed')
          : t('components.diff.added')}{' '}
      </VisuallyHidden>
      {line.text}
    </div>
  );
}

/** Lines of a comparison; what did not change is a bar that opens. */
export function DiffLines(props: {
  lines: readonly DiffLine[];
  mode: DiffMode;
}) {
  const { mode } = props;
  return (
    <>
      {chunksOf(props.lines).map((chunk, index) =>
        chunk.type === 'gap' ? (
          <Gap key={index} lines={chunk.lines} mode={mode} />
        ) : (
          <Piece key={index} lines={chunk.lines} mode={mode} />
        ),
      )}
    </>
  );
}

function Gap(props: { lines: readonly DiffLine[]; mode: DiffMode }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const [open, setOpen] = useState(false);
  if (open) return <Piece {...props} />;
  return (
    <Button
      fullWidth
      size="small"
      className={classes.gap}
      onClick={() => setOpen(true)}
    >
      {t('components.diff.unchanged', { count: props.lines.length })}
    </Button>
  );
}

function Piece(props: { lines: readonly DiffLine[]; mode: DiffMode }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const [limit, setLimit] = useState(MAX_LINES);
  const { lines, mode } = props;
  const rows = mode === 'side' ? sidesOf(lines) : lines;
  const more = rows.length - limit;
  return (
    <>
      {mode === 'side'
        ? sidesOf(lines)
            .slice(0, limit)
            .map(({ before, after }, index) => (
              <div key={index} className={classes.sides}>
                <div className={classes.side}>
                  <Line line={before} />
                </div>
                <div className={classes.side}>
                  <Line line={after} />
                </div>
              </div>
            ))
        : lines
            .slice(0, limit)
            .map((line, index) => <Line key={index} line={line} />)}
      {more > 0 && (
        <Button
          fullWidth
          size="small"
          className={classes.gap}
          onClick={() => setLimit(limit + 10 * MAX_LINES)}
        >
          {t('components.diff.more', { count: more, n: number.format(more) })}
        </Button>
      )}
    </>
  );
}
