import { Navigate } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import { ActionButton } from '../../../components/Action';
import { ClusterSetup, isComingUp } from '../../../components/ClusterSetup';
import { ListView } from '../../../components/List';
import { PageHeader } from '../../../components/Page';
import { EmptyState } from '../../../components/States';
import { WorkspaceSwitcher } from '../../../components/WorkspaceSwitcher';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useMay, usePlace, useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { ApplicationFilters } from './ApplicationFilters';
import { ApplicationsTable } from './ApplicationsTable';
import { useApplicationList } from './useApplicationList';

/** What runs in a workspace, or of an entity on its tab. */
export function ApplicationsPage() {
  const { t } = useAmambaTranslation();
  const { place, here } = useAmambaRoutes();
  const { workspace } = usePlace();
  const list = useApplicationList();
  const { live } = list;
  const only = live.data?.items.length === 1 ? live.data.items[0] : undefined;
  if (place === 'entity' && only && live.data?.total === 1 && !list.filtered) {
    return <Navigate replace to={here.application(only)} />;
  }
  return (
    <>
      <PageHeader
        title={t('applications.title')}
        before={
          place === 'workbench' && (
            <WorkspaceSwitcher room="applications" current={workspace.name} />
          )
        }
        live={live}
        acts={<NewApplication />}
      />
      <ClusterSetup setup={live.data?.setup} onCheck={live.retry} />
      <ListView
        list={list}
        filters={<ApplicationFilters list={list} />}
        failed={t('applications.listFailed')}
        noMatch={t('applications.noneMatch')}
        empty={isComingUp(live.data?.setup) ? null : <NoApplications />}
      >
        {page => <ApplicationsTable page={page} list={list} />}
      </ListView>
    </>
  );
}

function NoApplications() {
  const { t } = useAmambaTranslation();
  const { place, workbench } = useAmambaRoutes();
  const workspace = useWorkspace();
  const { reason } = useMay('amamba.application.create');
  return (
    <EmptyState
      title={
        place === 'entity'
          ? t('applications.noneForEntity')
          : t('applications.noneYet')
      }
      act={
        <>
          <NewApplication main />
          <Link
            underline="always"
            to={workbench.room('namespaces', workspace.name)}
          >
            {t('namespaces.title')}
          </Link>
        </>
      }
    >
      {place === 'entity'
        ? t('applications.annotate')
        : (reason ?? t('applications.noneHint'))}
    </EmptyState>
  );
}

/** The way to the page that creates an application; on an entity's tab it is created for the entity. */
function NewApplication(props: { main?: boolean }) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { workspace, entityRef } = usePlace();
  const { reason } = useMay('amamba.application.create');
  const to = workbench.newApplication(workspace.name);
  return (
    <ActionButton
      variant={props.main ? 'contained' : 'outlined'}
      refused={reason}
      to={
        entityRef ? `${to}?${new URLSearchParams({ entity: entityRef })}` : to
      }
    >
      {t('applications.create')}
    </ActionButton>
  );
}

/** A link to the list, for pages whose application does not exist. */
export function BackToApplications() {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { workspace } = usePlace();
  return (
    <Link to={here.applications(workspace.name)}>
      {t('applications.toList')}
    </Link>
  );
}
