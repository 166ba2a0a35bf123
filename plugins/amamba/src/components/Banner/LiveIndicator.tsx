import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { POLL_MS, type Live } from '../../hooks/useLive';
import { useAmambaTranslation } from '../../translation';
import { useLanguage } from '../Time';

const useStyles = makeStyles({
  // the widest text decides, so that nothing moves when it changes
  root: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
});

/** How the page is kept fresh, and when its data came. */
export function LiveIndicator(props: {
  live: Pick<Live<unknown>, 'status' | 'at'>;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const { status, at } = props.live;
  const time =
    at === undefined
      ? ''
      : new Intl.DateTimeFormat(language, {
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
          hourCycle: 'h23',
        }).format(at);
  const text = {
    live: () => t('common.live', { time }),
    polling: () =>
      t('common.polling', { seconds: String(POLL_MS / 1000), time }),
    paused: () => t('common.paused', { time }),
  };
  return (
    <Typography className={classes.root} variant="body2" component="span">
      {text[status]()}
    </Typography>
  );
}
