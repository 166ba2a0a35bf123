import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { IconLine, LiveView } from '../../../../components/States';
import { StatusIcon } from '../../../../components/Status';
import { Ago } from '../../../../components/Time';
import { useAmambaTranslation } from '../../../../translation';
import { useEvents } from '../events/useEvents';

/** Events of one object that a panel shows. */
const MAX_SHOWN = 10;

const useStyles = makeStyles(theme => ({
  title: { marginTop: theme.spacing(2) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  event: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
}));

/** What happened to an object of late. */
export function ObjectEvents(props: { object: string }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const live = useEvents();
  return (
    <>
      <Typography variant="subtitle1" component="h4" className={classes.title}>
        {t('applications.tabs.events')}
      </Typography>
      <LiveView live={live} failed={t('applications.events.failed')}>
        {({ items }) => {
          const own = items.filter(({ object }) => object === props.object);
          return own.length === 0 ? (
            <Typography variant="body2">
              {t('applications.events.none')}
            </Typography>
          ) : (
            <ul className={classes.list}>
              {own
                .slice(0, MAX_SHOWN)
                .map(({ id, type, reason, message, count, lastAt }) => (
                  <li key={id} className={classes.event}>
                    <IconLine
                      icon={
                        <StatusIcon
                          status={type === 'Warning' ? 'unstable' : 'ok'}
                          label={t(`applications.events.types.${type}`)}
                          size={18}
                        />
                      }
                    >
                      <strong>{reason}</strong> {message}{' '}
                      {count > 1 &&
                        `${t('applications.events.times', { count })} · `}
                      <Ago time={lastAt} />
                    </IconLine>
                  </li>
                ))}
            </ul>
          );
        }}
      </LiveView>
    </>
  );
}
