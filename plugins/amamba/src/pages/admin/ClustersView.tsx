import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type {
  ClusterHealth,
  ClusterList,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { ActionButton } from '../../components/Action';
import { isComingUp, NoCluster } from '../../components/ClusterSetup';
import { FactList, Section } from '../../components/Page';
import { IconLine, LiveView } from '../../components/States';
import { StatusIcon } from '../../components/Status';
import { Ago } from '../../components/Time';
import { useAct } from '../../hooks/useAct';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import type { Live } from '../../hooks/useLive';
import { useToast } from '../../hooks/useToast';
import { useAmambaTranslation } from '../../translation';
import { Capabilities } from './Capabilities';
import { clusterStatus } from './health';
import { useCacheText } from './useCacheText';
import { WatchTable } from './WatchTable';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    overflowWrap: 'anywhere',
  },
  end: { marginInlineStart: 'auto' },
  part: { margin: theme.spacing(2, 0, 0), fontSize: '1rem' },
}));

/** Everything that is known of each cluster. */
export function ClustersView(props: { live: Live<ClusterList> }) {
  const { t } = useAmambaTranslation();
  const { live } = props;
  return (
    <LiveView live={live} failed={t('admin.clustersFailed')}>
      {({ items, setup }) =>
        items.length > 0 || isComingUp(setup) ? (
          items.map(cluster => (
            <ClusterSection
              key={cluster.name}
              cluster={cluster}
              onChecked={live.retry}
            />
          ))
        ) : (
          <NoCluster setup={setup} onCheck={live.retry} />
        )
      }
    </LiveView>
  );
}

function ClusterSection(props: {
  cluster: ClusterHealth;
  onChecked: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { cluster } = props;
  const { state, title, capabilities, watches } = cluster;
  return (
    <Section title={title}>
      <div className={classes.line}>
        <IconLine icon={<StatusIcon status={clusterStatus(cluster)} />}>
          {t(`admin.states.${state}`)}
        </IconLine>
        {state !== 'ok' && (
          <span>
            {cluster.problem} {cluster.remedy}{' '}
            {cluster.since && (
              <>
                {t('admin.since')} <Ago time={cluster.since} />
              </>
            )}
          </span>
        )}
        <span className={classes.end}>
          <CheckButton cluster={cluster} onChecked={props.onChecked} />
        </span>
      </div>
      <Facts cluster={cluster} />
      {capabilities.length > 0 && (
        <>
          <h4 className={classes.part}>{t('admin.capabilitiesTitle')}</h4>
          <Capabilities of={capabilities} />
        </>
      )}
      {watches.length > 0 && (
        <>
          <h4 className={classes.part}>{t('admin.watches.title')}</h4>
          <WatchTable cluster={title} watches={watches} />
        </>
      )}
    </Section>
  );
}

function CheckButton(props: { cluster: ClusterHealth; onChecked: () => void }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { name, title } = props.cluster;
  const act = useAct(async () => {
    try {
      await api.call('checkCluster', { params: { cluster: name } });
    } catch (error) {
      toast.failed(t('admin.checkFailed', { name: title }), error);
    }
    props.onChecked();
  });
  return (
    <ActionButton
      size="small"
      busy={act.busy}
      label={t('admin.checkOf', { name: title })}
      onClick={() => act.run()}
    >
      {t('admin.check')}
    </ActionButton>
  );
}

function Facts(props: { cluster: ClusterHealth }) {
  const { t } = useAmambaTranslation();
  const cacheText = useCacheText();
  const { cluster } = props;
  const { latencyMs, checkedAt } = cluster;
  return (
    <FactList
      facts={[
        [t('admin.facts.version'), cluster.version],
        [
          t('admin.facts.latency'),
          latencyMs !== undefined &&
            t('admin.facts.milliseconds', { ms: String(latencyMs) }),
        ],
        [t('admin.facts.auth'), cluster.authProvider],
        [t('admin.facts.cache'), cacheText(cluster)],
        [t('admin.facts.workspaces'), <Users key="users" of={cluster} />],
        [t('admin.checked'), checkedAt && <Ago key="at" time={checkedAt} />],
      ]}
    />
  );
}

/** The workspaces that a cluster is bound to. */
function Users(props: { of: ClusterHealth }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { bindings } = props.of;
  if (bindings.length === 0) return <>{t('common.none')}</>;
  return (
    <span className={classes.line}>
      {bindings.map(({ workspace, mode }) => (
        <Link key={workspace} to={workbench.clusters(workspace)}>
          {mode === 'exclusive'
            ? t('admin.facts.alone', { workspace })
            : workspace}
        </Link>
      ))}
    </span>
  );
}
