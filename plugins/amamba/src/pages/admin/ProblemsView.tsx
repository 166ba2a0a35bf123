import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type {
  ClusterHealth,
  EngineHealth,
} from '@amamba/backstage-plugin-amamba-common';
import { CopyButton } from '../../components/Action';
import { isComingUp, NoCluster } from '../../components/ClusterSetup';
import { Section } from '../../components/Page';
import { LiveView } from '../../components/States';
import { rollUp, StatusIcon } from '../../components/Status';
import { Ago } from '../../components/Time';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../translation';
import { Capabilities } from './Capabilities';
import { NoEngine } from './EnginesView';
import { clusterStatus, engineStatus, lacking } from './health';
import { useCacheText } from './useCacheText';
import { useEngineText } from './useEngineText';
import type { Platform } from './usePlatform';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', padding: 0, margin: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    minHeight: 44,
    overflowWrap: 'anywhere',
  },
  below: { marginInlineStart: theme.spacing(4) },
  grow: { flex: '1 1 16rem', minWidth: 0 },
}));

/** What is broken comes first. */
function worstFirst<T>(
  items: readonly T[],
  statusOf: (item: T) => ReturnType<typeof rollUp>,
): T[] {
  const rank = (item: T) => (statusOf(item) === 'ok' ? 1 : 0);
  const gravest = (a: T, b: T) =>
    rollUp([statusOf(a), statusOf(b)]) === statusOf(a) ? -1 : 1;
  return [...items].sort(
    (a, b) =>
      rank(a) - rank(b) || (statusOf(a) === statusOf(b) ? 0 : gravest(a, b)),
  );
}

/** Every cluster and engine in a line, what needs a person first. */
export function ProblemsView(props: { platform: Platform }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { clusters, engines } = props.platform;
  const setup = clusters.data?.setup;
  return (
    <>
      <Section title={t('admin.views.clusters')}>
        <LiveView live={clusters} failed={t('admin.clustersFailed')}>
          {({ items }) =>
            items.length > 0 || isComingUp(setup) ? (
              <ul className={classes.list}>
                {worstFirst(items, clusterStatus).map(cluster => (
                  <ClusterLine key={cluster.name} cluster={cluster} />
                ))}
              </ul>
            ) : (
              <NoCluster setup={setup} onCheck={clusters.retry} />
            )
          }
        </LiveView>
      </Section>
      <Section title={t('admin.views.engines')}>
        <LiveView live={engines} failed={t('admin.enginesFailed')}>
          {({ items }) =>
            items.length > 0 ? (
              <ul className={classes.list}>
                {worstFirst(items, engineStatus).map(engine => (
                  <EngineLine key={engine.id} engine={engine} />
                ))}
              </ul>
            ) : (
              <NoEngine onCheck={engines.retry} />
            )
          }
        </LiveView>
      </Section>
    </>
  );
}

function ClusterLine(props: { cluster: ClusterHealth }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const cacheText = useCacheText();
  const { cluster } = props;
  const { title, state, version, latencyMs, problem, remedy, since } = cluster;
  const missing = lacking(cluster);
  return (
    <li>
      <div className={classes.row}>
        <StatusIcon
          status={clusterStatus(cluster)}
          label={t(`admin.states.${state}`)}
        />
        <Link to={workbench.admin('clusters')}>{title}</Link>
        {state === 'ok' ? (
          <span className={classes.grow}>
            {[
              version,
              latencyMs !== undefined &&
                t('admin.facts.milliseconds', { ms: String(latencyMs) }),
              cacheText(cluster),
            ]
              .filter(Boolean)
              .join(t('admin.comma'))}
          </span>
        ) : (
          <>
            <span className={classes.grow}>
              {problem ?? t(`admin.states.${state}`)} {remedy}{' '}
              {since && (
                <>
                  {t('admin.since')} <Ago time={since} />
                </>
              )}
            </span>
            {(remedy ?? problem) && (
              <CopyButton
                label={t('admin.copyFix')}
                text={remedy ?? problem ?? ''}
              />
            )}
          </>
        )}
      </div>
      {state === 'ok' && missing.length > 0 && (
        <div className={classes.below}>
          <Capabilities of={missing} />
        </div>
      )}
    </li>
  );
}

function EngineLine(props: { engine: EngineHealth }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const text = useEngineText();
  const { engine } = props;
  return (
    <li className={classes.row}>
      <StatusIcon
        status={engineStatus(engine)}
        label={t(`admin.states.${engine.state}`)}
      />
      <Link to={workbench.admin('engines')}>{engine.title}</Link>
      <span className={classes.grow}>
        {engine.state === 'ok' ? text(engine) : engine.problem}{' '}
        {engine.state !== 'ok' && engine.answeredAt && (
          <>
            {t('admin.facts.answered')} <Ago time={engine.answeredAt} />
          </>
        )}
      </span>
    </li>
  );
}
