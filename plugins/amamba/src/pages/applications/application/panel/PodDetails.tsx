import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { PodSummary } from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../../../components/Action';
import { formatBytes } from '../../../../components/Bytes';
import { Image } from '../../../../components/Image';
import { FactList, type Fact } from '../../../../components/Page';
import { IconLine } from '../../../../components/States';
import { StatusIcon, type StatusKey } from '../../../../components/Status';
import { Ago, useLanguage } from '../../../../components/Time';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useMayOn } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../applicationScope';

type Container = PodSummary['containers'][number];

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  container: {
    padding: theme.spacing(1, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginTop: theme.spacing(0.5),
  },
  title: { marginTop: theme.spacing(2) },
}));

function lookOf({ state, ready, init }: Container): StatusKey {
  if (ready) return 'ok';
  if (state === 'terminated') return init ? 'ok' : 'failed';
  if (state === 'running') return init ? 'running' : 'progressing';
  return state === 'waiting' ? 'queued' : 'unknown';
}

/** A pod: where it runs, and its containers with the ways to their logs and into them. */
export function PodDetails(props: { pod: PodSummary }) {
  const { t } = useAmambaTranslation();
  const classes = useStyles();
  const language = useLanguage();
  const { pod } = props;
  const cores = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const facts: Fact[] = [
    [t('applications.panel.phrase'), pod.phrase],
    [t('applications.panel.node'), pod.node],
    [t('applications.panel.ip'), pod.ip],
    [t('applications.panel.owner'), pod.owner],
    ...(pod.cpuCores === undefined
      ? []
      : [
          [
            t('applications.panel.cpu'),
            t('applications.panel.cores', { n: cores.format(pod.cpuCores) }),
          ] as const,
        ]),
    ...(pod.memoryBytes === undefined
      ? []
      : [
          [
            t('applications.panel.memory'),
            formatBytes(pod.memoryBytes, language),
          ] as const,
        ]),
    [
      t('applications.columns.created'),
      <Ago key="created" time={pod.createdAt} />,
    ],
  ];
  return (
    <>
      <FactList facts={facts} />
      <Typography variant="subtitle1" component="h4" className={classes.title}>
        {t('applications.panel.containers')}
      </Typography>
      <ul className={classes.list}>
        {pod.containers.map(container => (
          <li key={container.name} className={classes.container}>
            <OneContainer pod={pod.name} container={container} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OneContainer(props: { pod: string; container: Container }) {
  const { t } = useAmambaTranslation();
  const classes = useStyles();
  const { here } = useAmambaRoutes();
  const { application, address } = useApplication();
  const exec = useMayOn(application, 'amamba.application.exec');
  const { pod, container } = props;
  const { name, image, init, restarts, previous, state } = container;
  const query = { pod, container: name };
  return (
    <>
      <IconLine icon={<StatusIcon status={lookOf(container)} size={18} />}>
        <strong>
          {init ? t('applications.acts.initContainer', { name }) : name}
        </strong>{' '}
        {t(`applications.panel.states.${state}`)}
        {restarts > 0 &&
          ` · ${t('applications.panel.restarts', { count: restarts })}`}
      </IconLine>
      <Image image={image} />
      <div className={classes.acts}>
        <ActionButton
          size="small"
          to={here.application(address, 'logs', query)}
          label={t('applications.panel.logOf', { name })}
        >
          {t('applications.panel.log')}
        </ActionButton>
        {previous && (
          <ActionButton
            size="small"
            to={here.application(address, 'logs', {
              ...query,
              previous: 'true',
            })}
            label={t('applications.panel.previousLogOf', { name })}
          >
            {t('applications.panel.previousLog')}
          </ActionButton>
        )}
        {state === 'running' && (
          <ActionButton
            size="small"
            refused={exec.reason}
            to={here.application(address, 'terminal', query)}
            label={t('applications.panel.terminalOf', { name })}
          >
            {t('applications.tabs.terminal')}
          </ActionButton>
        )}
      </div>
    </>
  );
}
