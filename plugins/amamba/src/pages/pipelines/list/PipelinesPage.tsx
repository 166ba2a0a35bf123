import { Navigate } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import type { PipelinePage } from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../../components/Action';
import { Banner, StalenessBanner } from '../../../components/Banner';
import { useExpiredPage } from '../../../components/DataTable';
import { PageHeader } from '../../../components/Page';
import { EmptyState, LiveView } from '../../../components/States';
import { WorkspaceSwitcher } from '../../../components/WorkspaceSwitcher';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMay, usePlace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { PipelineFilters } from './PipelineFilters';
import { PipelinesTable } from './PipelinesTable';
import { usePipelineList, type PipelineList } from './usePipelineList';

/** The pipelines of a workspace, or of an entity on its tab. */
export function PipelinesPage() {
  const { t } = useAmambaTranslation();
  const { place, here } = useAmambaRoutes();
  const { workspace } = usePlace();
  const list = usePipelineList();
  const { live, url } = list;
  const expired = useExpiredPage(url, live.error);

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
      <StalenessBanner warnings={live.data?.warnings} onRetry={live.retry} />
      {expired && <Banner severity="info">{t('common.pageExpired')}</Banner>}
      <PipelineFilters list={list} />
      <LiveView live={live} failed={t('pipelines.listFailed')}>
        {page => <Rows page={page} list={list} />}
      </LiveView>
    </>
  );
}

function Rows(props: { page: PipelinePage; list: PipelineList }) {
  const { t } = useAmambaTranslation();
  const { place } = useAmambaRoutes();
  const { reason } = useMay('amamba.pipeline.create');
  const { page, list } = props;
  if (page.items.length > 0) {
    return <PipelinesTable page={page} list={list} />;
  }
  if (list.filtered) {
    return (
      <EmptyState
        title={t('pipelines.noneMatch')}
        act={
          <ActionButton
            onClick={() => list.filter({ q: undefined, state: undefined })}
          >
            {t('common.clearFilters')}
          </ActionButton>
        }
      />
    );
  }
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
