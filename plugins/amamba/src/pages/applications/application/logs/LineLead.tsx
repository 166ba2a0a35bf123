import { makeStyles } from '@material-ui/core/styles';
import {
  formatExact,
  useDurationText,
  useNow,
} from '../../../../components/Time';
import { NAME_LENGTH } from './podColours';
import type { HeldLine } from '../../../../components/LogViewer';

/** How the time of a line is shown. */
export type LineTime = 'off' | 'relative' | 'absolute';

const useStyles = makeStyles(theme => ({
  lead: {
    flex: 'none',
    display: 'inline-flex',
    gap: 8,
    padding: '0 8px',
    // what is copied is the log
    userSelect: 'none',
  },
  time: {
    minWidth: '8ch',
    whiteSpace: 'nowrap',
    textAlign: 'right',
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
  author: { width: `${NAME_LENGTH}ch`, whiteSpace: 'nowrap' },
}));

/** `14:03:12.345` in the reader's time zone. */
function clock(at: string): string {
  const time = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

function RelativeTime(props: { at: string }) {
  const text = useDurationText();
  const now = useNow(1000);
  return <>-{text(Math.max(0, now - Date.parse(props.at)))}</>;
}

/**
 * What stands before the text of a line: when it was written, and by whom.
 * @param props.author - undefined where only one writes
 */
export function LineLead(props: {
  line: HeldLine;
  time: LineTime;
  author: { name: string; colour: string | undefined } | undefined;
  language: string;
}) {
  const { line, time, author } = props;
  const classes = useStyles();
  return (
    <span className={classes.lead}>
      {time !== 'off' && (
        <span
          className={classes.time}
          title={line.at && formatExact(Date.parse(line.at), props.language)}
        >
          {line.at &&
            (time === 'absolute' ? (
              clock(line.at)
            ) : (
              <RelativeTime at={line.at} />
            ))}
        </span>
      )}
      {author && (
        <span
          className={classes.author}
          style={{ color: author.colour }}
          title={line.author}
        >
          {author.name}
        </span>
      )}
    </span>
  );
}
