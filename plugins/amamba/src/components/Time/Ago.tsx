import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { useGlanceTranslation } from '../../translation/glance';
import { agoParts, agoRefreshMs, formatDate, formatExact } from './format';
import { useLanguage } from './useLanguage';
import { useNow } from './useNow';

const useStyles = makeStyles({
  root: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
  exact: { display: 'block' },
});

/**
 * How long ago something was ("3 min ago"; a date once that is more than a day), with the exact time in the
 * reader's zone and in UTC on hover and focus.
 * @param props.time - ISO 8601
 */
export function Ago(props: { time: string }) {
  const classes = useStyles();
  const { t } = useGlanceTranslation();
  const language = useLanguage();
  const time = Date.parse(props.time);
  const now = useNow(agoRefreshMs(time, Date.now()));
  const parts = agoParts(time, now);

  let text: string;
  switch (parts.unit) {
    case 'now':
      text = t('time.now');
      break;
    case 'minutes':
      text = t('time.minutesAgo', { n: String(parts.n) });
      break;
    case 'hours':
      text = t('time.hoursAgo', { n: String(parts.n) });
      break;
    default:
      text = formatDate(time, now, language);
  }
  const local = formatExact(time, language);
  const exact = new Set([local, formatExact(time, language, 'UTC')]);
  return (
    <Tooltip
      interactive
      title={
        <>
          {[...exact].map(line => (
            <span key={line} className={classes.exact}>
              {line}
            </span>
          ))}
        </>
      }
    >
      <time
        className={classes.root}
        dateTime={props.time}
        // focus shows the exact time
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={`${text}, ${local}`}
      >
        {text}
      </time>
    </Tooltip>
  );
}
