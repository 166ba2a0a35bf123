import { Navigate } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import { ActionButton } from '../../../components/Action';
import { ListView } from '../../../components/List';
import { PageHeader } from '../../../components/Page';
import { EmptyState } from '../../../components/States';
import { WorkspaceSwitcher } from '../../../components/WorkspaceSwitcher';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMay, usePlace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { PipelineFilters } from './PipelineFilters';
import { PipelinesTable } from './PipelinesTable';
import { usePipelineList } from './usePipelineList';

/** The pipelines of a workspace, or of an entity on its tab. */
export function PipelinesPage() {
  const { t } = useAmambaTranslation();
  const { place, here } = useAmambaRoutes();
  const { workspace } = usePlace();
  const list = usePipelineList();
  const { live } = list;
  const only = live.data?.items.length === 1 ? live.data.items[0] : undefined;
  if (place === 'entity' && only && live.data?.total === 1 && !list.filtered) {
    return <Navigate replace to={here.pipeline(only.workspace, only.name)} />;
  }
  return (
    <>
      <PageHeader
        title={t('pipelines.title')}
        before={
          place === 'workbench' && (
            <WorkspaceSwitcher room="pipelines" current={workspace.name} />
          )
        }
        live={live}
        acts={<NewPipeline />}
      />
      <ListView
        list={list}
        filters={<PipelineFilters list={list} />}
        failed={t('pipelines.listFailed')}
        noMatch={t('pipelines.noneMatch')}
        empty={<NoPipelines />}
      >
        {page => <PipelinesTable page={page} list={list} />}
      </ListView>
    </>
  );
}

function NoPipelines() {
  const { t } = useAmambaTranslation();
  const { place } = useAmambaRoutes();
  const { reason } = useMay('amamba.pipeline.create');
  return (
    <EmptyState
      title={
        place === 'entity'
          ? t('pipelines.noneForEntity')
          : t('pipelines.noneYet')
      }
      act={<NewPipeline main />}
    >
      {reason ?? t('pipelines.noneHint')}
    </EmptyState>
  );
}

/** The way to the form that creates a pipeline; on an entity's tab the pipeline is created for the entity. */
function NewPipeline(props: { main?: boolean }) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { workspace, entityRef } = usePlace();
  const { reason } = useMay('amamba.pipeline.create');
  const to = workbench.newPipeline(workspace.name);
  return (
    <ActionButton
      variant={props.main ? 'contained' : 'outlined'}
      refused={reason}
      to={
        entityRef ? `${to}?${new URLSearchParams({ entity: entityRef })}` : to
      }
    >
      {t('pipelines.create.act')}
    </ActionButton>
  );
}

/** A link to the list, for pages whose pipeline does not exist. */
export function BackToPipelines() {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { workspace } = usePlace();
  return (
    <Link to={here.pipelines(workspace.name)}>{t('pipelines.toList')}</Link>
  );
}
