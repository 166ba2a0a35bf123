import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ApplicationSummary,
  PipelineSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { shortImage } from '../components/Image/shortImage';
import { healthLook, RunStatus, Status } from '../components/Status';
import { Ago } from '../components/Time';
import { useMounted } from '../hooks/useMounted';
import { applicationLinks } from '../links/applications';
import { pipelineLinks } from '../links/pipelines';
import { entityApplicationsRouteRef, entityPipelinesRouteRef } from '../routes';
import { useGlanceTranslation } from '../translation/glance';
import { useEntityGlance } from './useEntityGlance';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 1.5),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
  },
}));

/**
 * What an entity's overview says of its pipelines and applications: the last run of each, how each runs, at most five rows; nothing where
 * there is none.
 */
export function OverviewCard() {
  const classes = useStyles();
  const { t } = useGlanceTranslation();
  const { entity } = useEntity();
  const pipelinesTab = useMounted(entityPipelinesRouteRef);
  const applicationsTab = useMounted(entityApplicationsRouteRef);
  const { pipelines, applications } =
    useEntityGlance(stringifyEntityRef(entity)) ?? {};
  const runs = pipelines?.total ?? 0;
  const running = applications?.total ?? 0;
  if (runs + running === 0) return null;
  return (
    <EntityInfoCard
      title={t('card.title')}
      footerActions={
        <>
          {pipelinesTab && runs > 0 && (
            <Link to={pipelinesTab}>{t('card.all', { count: runs })}</Link>
          )}
          {applicationsTab && running > 0 && (
            <Link to={applicationsTab}>
              {t('card.allApplications', { count: running })}
            </Link>
          )}
        </>
      }
    >
      <ul className={classes.list}>
        {pipelines?.items.map(item => (
          <li key={item.name} className={classes.row}>
            <Row pipeline={item} base={pipelinesTab} />
          </li>
        ))}
        {applications?.items.map(item => (
          <li
            key={`${item.cluster}/${item.namespace}/${item.kind}/${item.name}`}
            className={classes.row}
          >
            <ApplicationRow application={item} base={applicationsTab} />
          </li>
        ))}
      </ul>
    </EntityInfoCard>
  );
}

function ApplicationRow(props: {
  application: ApplicationSummary;
  base: string | undefined;
}) {
  const { application, base } = props;
  const { title, namespace, health, images, ready, desired } = application;
  return (
    <>
      {base === undefined ? (
        title
      ) : (
        <Link to={applicationLinks(() => base).application(application)}>
          {title}
        </Link>
      )}
      <Status {...healthLook(health.status)} />
      {desired > 0 && (
        <span>
          {ready}/{desired}
        </span>
      )}
      <span>{namespace}</span>
      {images[0] && <span title={images[0]}>{shortImage(images[0])}</span>}
    </>
  );
}

function Row(props: { pipeline: PipelineSummary; base: string | undefined }) {
  const { t } = useGlanceTranslation();
  const { pipeline, base } = props;
  const { name, workspace, lastRun } = pipeline;
  const links = base === undefined ? undefined : pipelineLinks(() => base);
  return (
    <>
      {links ? <Link to={links.pipeline(workspace, name)}>{name}</Link> : name}
      {lastRun ? (
        <>
          <RunStatus state={lastRun.state} />
          {links && lastRun.number !== undefined && (
            <Link to={links.run(workspace, name, lastRun.number)}>
              #{lastRun.number}
            </Link>
          )}
          {lastRun.stage && lastRun.state !== 'succeeded' && (
            <span>{lastRun.stage}</span>
          )}
          <Ago
            time={lastRun.endedAt ?? lastRun.startedAt ?? lastRun.queuedAt}
          />
        </>
      ) : (
        <Typography variant="body2" color="textSecondary" component="span">
          {t('card.neverRun')}
        </Typography>
      )}
    </>
  );
}
