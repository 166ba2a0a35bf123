import Button from '@material-ui/core/Button';
import { Link } from '@backstage/core-components';
import type {
  ClusterBindingList,
  NamespacePage,
} from '@amamba/backstage-plugin-amamba-common';
import { ActionButton } from '../../../components/Action';
import {
  ClusterSetup,
  isComingUp,
  NoCluster,
} from '../../../components/ClusterSetup';
import { ListFilters, ListView } from '../../../components/List';
import { PageHeader } from '../../../components/Page';
import { EmptyState, LiveView } from '../../../components/States';
import { WorkspaceSwitcher } from '../../../components/WorkspaceSwitcher';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import type { Live } from '../../../hooks/useLive';
import { useMay, useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { mayManage, useBindings } from '../clusters/useBindings';
import { RoomTabs } from '../RoomTabs';
import { NamespacesTable } from './NamespacesTable';
import { useNamespaceList, type NamespaceList } from './useNamespaceList';

/** The namespaces of a workspace. */
export function NamespacesPage() {
  const { t } = useAmambaTranslation();
  const { name } = useWorkspace();
  const list = useNamespaceList();
  const bindings = useBindings();
  const { live } = list;
  return (
    <>
      <PageHeader
        title={t('namespaces.title')}
        before={<WorkspaceSwitcher room="namespaces" current={name} />}
        live={live}
        acts={<NewNamespace />}
      />
      <RoomTabs />
      <ClusterSetup setup={live.data?.setup} onCheck={live.retry} />
      <ListView
        list={list}
        filters={<NamespaceFilters list={list} bindings={bindings.data} />}
        failed={t('namespaces.listFailed')}
        noMatch={t('namespaces.noneMatch')}
        empty={<NoNamespaces live={live} bindings={bindings} />}
      >
        {page => <NamespacesTable page={page} list={list} />}
      </ListView>
    </>
  );
}

function NamespaceFilters(props: {
  list: NamespaceList;
  bindings: ClusterBindingList | undefined;
}) {
  const { t } = useAmambaTranslation();
  const clusters = new Set(props.bindings?.items.map(({ cluster }) => cluster));
  const chosen = props.list.url.get('cluster');
  if (chosen) clusters.add(chosen);
  return (
    <ListFilters
      list={props.list}
      fields={[
        { name: 'q', type: 'search', label: t('namespaces.search') },
        {
          name: 'cluster',
          type: 'choice',
          label: t('namespaces.columns.cluster'),
          options: [...clusters]
            .sort()
            .map(cluster => ({ value: cluster, label: cluster })),
        },
        {
          name: 'over',
          type: 'choice',
          label: t('namespaces.columns.quota'),
          options: [{ value: 'true', label: t('namespaces.over') }],
        },
      ]}
    />
  );
}

/** Why there is no namespace, and what comes first. */
function NoNamespaces(props: {
  live: Live<NamespacePage>;
  bindings: Live<ClusterBindingList>;
}) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const workspace = useWorkspace();
  const { reason } = useMay('amamba.namespace.create');
  const { bindings } = props;
  const setup = props.live.data?.setup;
  if (isComingUp(setup)) return null;
  return (
    <LiveView live={bindings} failed={t('namespaces.clusters.failed')}>
      {found => {
        if (found.items.length > 0) {
          return (
            <EmptyState
              title={t('namespaces.none')}
              act={<NewNamespace main />}
            >
              {reason ?? t('namespaces.noneHint')}
            </EmptyState>
          );
        }
        if (mayManage(found) && found.available.length === 0) {
          return <NoCluster setup={setup} onCheck={bindings.retry} />;
        }
        return (
          <EmptyState
            title={t('namespaces.clusters.none', {
              workspace: workspace.title,
            })}
            act={
              mayManage(found) ? (
                <ActionButton
                  variant="contained"
                  to={workbench.clusters(workspace.name)}
                >
                  {t('namespaces.clusters.bind')}
                </ActionButton>
              ) : (
                <>
                  <Link to={workbench.clusters(workspace.name)}>
                    {t('namespaces.clusters.who')}
                  </Link>
                  <Button size="small" onClick={bindings.retry}>
                    {t('workspaces.checkAgain')}
                  </Button>
                </>
              )
            }
          >
            {t('namespaces.clusters.noneHint')}
          </EmptyState>
        );
      }}
    </LiveView>
  );
}

/** The way to the form that creates a namespace. */
function NewNamespace(props: { main?: boolean }) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const workspace = useWorkspace();
  const { reason } = useMay('amamba.namespace.create');
  return (
    <ActionButton
      variant={props.main ? 'contained' : 'outlined'}
      refused={reason}
      to={workbench.newNamespace(workspace.name)}
    >
      {t('namespaces.create.act')}
    </ActionButton>
  );
}
