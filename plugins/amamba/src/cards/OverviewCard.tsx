import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { PipelineSummary } from '@amamba/backstage-plugin-amamba-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { RunStatus } from '../components/Status';
import { Ago } from '../components/Time';
import { useMounted } from '../hooks/useMounted';
import { pipelineLinks } from '../links/pipelines';
import { entityPipelinesRouteRef } from '../routes';
import { useGlanceTranslation } from '../translation/glance';
import { useEntityPipelines } from './useEntityPipelines';

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

/** What an entity's overview says of its pipelines: the last run of each, at most five; nothing where there is none. */
export function OverviewCard() {
  const classes = useStyles();
  const { t } = useGlanceTranslation();
  const { entity } = useEntity();
  const base = useMounted(entityPipelinesRouteRef);
  const found = useEntityPipelines(stringifyEntityRef(entity));
  if (!found || found.total === 0) return null;
  return (
    <EntityInfoCard
      title={t('card.title')}
      footerActions={
        base && <Link to={base}>{t('card.all', { count: found.total })}</Link>
      }
    >
      <ul className={classes.list}>
        {found.items.map(item => (
          <li key={item.name} className={classes.row}>
            <Row pipeline={item} base={base} />
          </li>
        ))}
      </ul>
    </EntityInfoCard>
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
