import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useCallback, useMemo } from 'react';
import { useAmambaApi } from '../../../../api';
import { download, fileName } from '../../../../api/download';
import type { MenuEntry } from '../../../../components/Action';
import { FilterSelect } from '../../../../components/Filter';
import {
  StreamLogViewer,
  type HeldLine,
} from '../../../../components/LogViewer';
import { EmptyState } from '../../../../components/States';
import { useLanguage } from '../../../../components/Time';
import { useStored } from '../../../../hooks/useStored';
import { useToast } from '../../../../hooks/useToast';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../applicationScope';
import { LineLead, type LineTime } from './LineLead';
import { endOf, podColours, shortNames } from './podColours';
import { usePodLogs } from './usePodLogs';

/** Pods whose logs are read together; the contract's limit. */
const MAX_PODS = 20;

const TIMES: readonly LineTime[] = ['off', 'relative', 'absolute'];

const useStyles = makeStyles(theme => ({
  pickers: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1),
  },
  hint: { color: theme.palette.text.secondary },
  // as high as what is left of the window, and never too low to read
  viewer: { height: 'max(22rem, calc(100vh - 31rem))' },
}));

/** Logs of an application's pods, several at once. */
export default function LogsTab() {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { palette } = useTheme();
  const language = useLanguage();
  const api = useAmambaApi();
  const toast = useToast();
  const url = useUrlState();
  const { application, address } = useApplication();
  const [time, setTime] = useStored<LineTime>('log.time', 'off');
  const pods = url.list('pod');
  const container = url.get('container');
  const previous = url.get('previous') === 'true';
  const stream = usePodLogs(address, { pods, container, previous });
  const { lines } = stream.state.snapshot;

  const shown = application.pods.filter(
    ({ name }) => pods.length === 0 || pods.includes(name),
  );
  const containers = [
    ...new Set(shown.flatMap(pod => pod.containers.map(({ name }) => name))),
  ];
  const ranBefore = shown.some(pod =>
    pod.containers.some(each => each.previous),
  );
  // Pods come and go; those that wrote what is held keep their names and colours.
  const writers = useMemo(
    () => [...new Set(lines.map(({ author = '' }) => author))].sort(),
    [lines],
  ).join(',');
  const names = useMemo(() => {
    const authors = writers.split(',').filter(Boolean);
    const podOf = (author: string) => author.split('/')[0];
    const all = [...new Set(authors.map(podOf))];
    const short = shortNames(all);
    const colours = podColours(all, palette);
    const isPlain =
      new Set(authors.map(author => author.split('/')[1])).size < 2;
    return new Map(
      authors.map(author => {
        const pod = podOf(author);
        const own = author.slice(pod.length);
        return [
          author,
          {
            name: endOf(`${short.get(pod)}${isPlain ? '' : own}`),
            colour: colours.get(pod),
          },
        ];
      }),
    );
  }, [writers, palette]);
  const lead = useCallback(
    (line: HeldLine) => (
      <LineLead
        line={line}
        time={time}
        language={language}
        author={names.size > 1 ? names.get(line.author ?? '') : undefined}
      />
    ),
    [time, language, names],
  );

  if (application.podTotal === 0 && lines.length === 0) {
    return <EmptyState title={t('applications.logs.noPods')} />;
  }
  const menu: MenuEntry[] = shown.slice(0, MAX_PODS).flatMap(pod =>
    pod.containers
      .filter(({ name, init }) => (container ? name === container : !init))
      .map(({ name }) => ({
        label: t('applications.logs.download', {
          name: `${pod.name}/${name}`,
        }),
        act: async () => {
          const query = {
            ...{ pod: pod.name, container: name },
            ...(previous && { previous: 'true' as const }),
          };
          try {
            await download(
              () => api.open('downloadPodLogs', { params: address, query }),
              { name: fileName(`${pod.name}-${name}.log`) },
            );
          } catch (error) {
            toast.failed(t('applications.logs.downloadFailed'), error);
          }
        },
      })),
  );
  return (
    <>
      <div className={classes.pickers}>
        <FilterSelect
          label={t('applications.logs.pods')}
          options={application.pods.map(({ name }) => ({
            value: name,
            label: name,
          }))}
          value={pods}
          onChange={chosen => url.set({ pod: chosen.slice(0, MAX_PODS) })}
        />
        <FilterSelect
          label={t('applications.logs.container')}
          multiple={false}
          options={containers.map(name => ({ value: name, label: name }))}
          value={container ? [container] : []}
          onChange={([chosen]) => url.set({ container: chosen })}
        />
        <FormControlLabel
          control={
            <Switch
              size="small"
              color="primary"
              checked={previous}
              disabled={!ranBefore && !previous}
              onChange={event =>
                url.set({ previous: event.target.checked ? 'true' : undefined })
              }
            />
          }
          label={
            ranBefore || previous
              ? t('applications.logs.previous')
              : t('applications.logs.noPrevious')
          }
        />
        <FilterSelect
          label={t('applications.logs.time')}
          multiple={false}
          options={TIMES.map(value => ({
            value,
            label: t(`applications.logs.times.${value}`),
          }))}
          value={[time]}
          onChange={([chosen]) => setTime(toTime(chosen))}
        />
        {pods.length === 0 && application.podTotal > MAX_PODS && (
          <span className={classes.hint}>
            {t('applications.logs.someOf', {
              n: String(MAX_PODS),
              total: String(application.podTotal),
            })}
          </span>
        )}
      </div>
      <div className={classes.viewer}>
        <StreamLogViewer
          stream={stream}
          title={application.title}
          q={url.get('q') ?? ''}
          onQuery={q => url.set({ q })}
          lead={lead}
          menu={menu}
        />
      </div>
    </>
  );
}

function toTime(value: string | undefined): LineTime {
  return TIMES.find(time => time === value) ?? 'off';
}
