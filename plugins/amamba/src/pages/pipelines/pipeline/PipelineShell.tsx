import { isPipelineChange } from '@amamba/backstage-plugin-amamba-common';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Pipeline } from '@amamba/backstage-plugin-amamba-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useAmambaApi } from '../../../api';
import { Banner } from '../../../components/Banner';
import { PageHeader, PageTabs } from '../../../components/Page';
import { RunButton } from '../../../components/Runner';
import { RunStatus } from '../../../components/Status';
import { LiveView } from '../../../components/States';
import { useSpokenDuration } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useLive, type Live } from '../../../hooks/useLive';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { PipelineMenu } from '../list/PipelineMenu';
import { BackToPipelines } from '../list/PipelinesPage';

/** The pipeline of the page, kept fresh. */
export function usePipeline(name: string): Live<Pipeline> {
  const api = useAmambaApi();
  const workspace = useWorkspace().name;
  const id = `${workspace}/${name}`;
  return useLive(
    signal =>
      api.call(
        'getPipeline',
        { params: { workspace, pipeline: name } },
        { signal },
      ),
    {
      key: id,
      identity: id,
      matches: change => isPipelineChange(change, workspace, name),
    },
  );
}

/**
 * The head of a pipeline's page and the view below it.
 * @param props.children - the view, given the pipeline
 */
export function PipelineShell(props: {
  name: string;
  children: (pipeline: Pipeline, live: Live<Pipeline>) => ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const live = usePipeline(props.name);
  return (
    <LiveView
      live={live}
      failed={t('pipelines.loadFailed')}
      back={<BackToPipelines />}
    >
      {pipeline => (
        <>
          <Head pipeline={pipeline} live={live} />
          {props.children(pipeline, live)}
        </>
      )}
    </LiveView>
  );
}

function Head(props: { pipeline: Pipeline; live: Live<Pipeline> }) {
  const { t } = useAmambaTranslation();
  const navigate = useNavigate();
  const { here } = useAmambaRoutes();
  const { pipeline, live } = props;
  const { name, workspace } = pipeline;
  const problem = useEngineProblem(pipeline);
  return (
    <>
      <PageHeader
        title={name}
        after={pipeline.lastRun && <RunStatus state={pipeline.lastRun.state} />}
        live={live}
        meta={<Meta pipeline={pipeline} />}
        acts={
          <>
            <RunButton
              main
              pipeline={pipeline}
              engineProblem={problem}
              onStarted={live.retry}
            />
            <PipelineMenu
              pipeline={pipeline}
              onChanged={live.retry}
              onDeleted={() => navigate(here.pipelines(workspace))}
            />
          </>
        }
      />
      {problem && <Banner severity="warning">{problem}</Banner>}
      {pipeline.sync.state !== 'synced' && (
        <Banner severity="warning">
          {t(`pipelines.sync.${pipeline.sync.state}`)} {pipeline.sync.problem}
        </Banner>
      )}
      <PageTabs
        label={t('pipelines.views', { pipeline: name })}
        tabs={[
          {
            label: t('pipelines.tabs.runs'),
            to: here.pipeline(workspace, name),
            end: true,
          },
          {
            label: t('pipelines.tabs.settings'),
            to: here.pipeline(workspace, name, 'settings'),
          },
        ]}
      />
    </>
  );
}

/** What is wrong with the engine that the pipeline lives in; undefined when it answers. */
function useEngineProblem(pipeline: Pipeline): string | undefined {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { workspace } = pipeline;
  const { data } = useLive(
    signal => api.call('listEngines', { params: { workspace } }, { signal }),
    { key: workspace, identity: workspace, matches: () => false },
  );
  const engine = data?.items.find(({ id }) => id === pipeline.engine);
  if (!engine || engine.reachable) return undefined;
  return engine.problem ?? t('pipelines.engineDown', { engine: engine.title });
}

function Meta(props: { pipeline: Pipeline }) {
  const { t } = useAmambaTranslation();
  const spoken = useSpokenDuration();
  const { description, environment, engineUrl, entityRef, statistics, engine } =
    props.pipeline;
  return (
    <Typography variant="body2" component="div">
      {description && <div>{description}</div>}
      {[
        environment,
        t('pipelines.succeededOf', {
          succeeded: String(statistics.succeeded),
          count: statistics.total,
        }),
        statistics.typicalDurationMs !== undefined &&
          t('pipelines.typical', {
            duration: spoken(statistics.typicalDurationMs),
          }),
      ]
        .filter(Boolean)
        .join(' · ')}
      {entityRef && (
        <>
          {' · '}
          <EntityRefLink entityRef={entityRef} underline="always" />
        </>
      )}
      {engineUrl && (
        <>
          {' · '}
          <Link
            href={engineUrl}
            target="_blank"
            rel="noopener noreferrer"
            underline="always"
          >
            {t('pipelines.inEngine', { engine })}
          </Link>
        </>
      )}
    </Typography>
  );
}
