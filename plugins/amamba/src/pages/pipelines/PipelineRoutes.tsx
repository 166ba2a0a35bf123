import { lazy, Suspense } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { Crumb } from '../../components/Page';
import { EmptyState, Loading } from '../../components/States';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';
import { EditSettingsView } from './pipeline/EditSettingsView';
import { PipelineShell } from './pipeline/PipelineShell';
import { RunsView } from './pipeline/RunsView';
import { SettingsView } from './pipeline/SettingsView';
import { BackToPipelines, PipelinesPage } from './list/PipelinesPage';

const CreatePipelinePage = lazy(() =>
  import('./form/CreatePipelinePage').then(module => ({
    default: module.CreatePipelinePage,
  })),
);
const RunPage = lazy(() => import('./run/RunPage'));

/**
 * The pages below the list of pipelines. They are the same in the workbench and on an entity's tab; what leads from one
 * to the other is `useAmambaRoutes`.
 */
export function PipelineRoutes() {
  const { t } = useAmambaTranslation();
  const { here, place, workbench } = useAmambaRoutes();
  const workspace = useWorkspace();
  return (
    <Crumb label={t('pipelines.title')} href={here.pipelines(workspace.name)}>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<PipelinesPage />} />
          {place === 'workbench' && (
            <Route
              path="new"
              element={
                <Crumb
                  label={t('pipelines.create.act')}
                  href={workbench.newPipeline(workspace.name)}
                >
                  <CreatePipelinePage />
                </Crumb>
              }
            />
          )}
          <Route path="pipeline/:pipeline/*" element={<OnePipeline />} />
          <Route path="*" element={<NothingHere />} />
        </Routes>
      </Suspense>
    </Crumb>
  );
}

function OnePipeline() {
  const { here } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { pipeline: name = '' } = useParams();
  return (
    <Crumb key={name} label={name} href={here.pipeline(workspace, name)}>
      <Routes>
        <Route path="runs/:run/*" element={<OneRun pipeline={name} />} />
        <Route
          path="*"
          element={
            <PipelineShell name={name}>
              {(pipeline, live) => (
                <Routes>
                  <Route index element={<RunsView pipeline={pipeline} />} />
                  <Route
                    path="settings"
                    element={<SettingsView pipeline={pipeline} />}
                  />
                  <Route
                    path="settings/edit"
                    element={
                      <EditSettingsView
                        pipeline={pipeline}
                        onSaved={live.retry}
                      />
                    }
                  />
                  <Route path="*" element={<NothingHere />} />
                </Routes>
              )}
            </PipelineShell>
          }
        />
      </Routes>
    </Crumb>
  );
}

function OneRun(props: { pipeline: string }) {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { run = '' } = useParams();
  const { pipeline } = props;
  const numbered = /^\d+$/.test(run);
  return (
    <Crumb
      label={numbered ? `#${run}` : t('pipelines.queuedRun')}
      href={here.run(workspace, pipeline, run)}
    >
      <RunPage pipeline={pipeline} run={run} />
    </Crumb>
  );
}

function NothingHere() {
  const { t } = useAmambaTranslation();
  return <EmptyState title={t('common.notFound')} act={<BackToPipelines />} />;
}
