import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { ClusterBindingList } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ClusterSetup } from '../../../components/ClusterSetup';
import { SaveBar, useLeaveGuard, useSave } from '../../../components/Form';
import { PageHeader } from '../../../components/Page';
import { EmptyState, LiveView, NoPermission } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useUrlState } from '../../../hooks/useUrlState';
import { useMay, useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { BackToNamespaces } from '../BackToNamespaces';
import { useBindings } from '../clusters/useBindings';
import { draftOf, emptyForm, isShown } from './formState';
import { NamespaceFields } from './NamespaceFields';
import { useNamespaceForm } from './useNamespaceForm';

const CREATE = 'amamba.namespace.create';

/** Creates a namespace on one of the workspace's clusters. */
export function CreateNamespacePage() {
  const { t } = useAmambaTranslation();
  const workspace = useWorkspace();
  const { allowed } = useMay(CREATE);
  return (
    <>
      <PageHeader
        title={t('namespaces.create.title', { workspace: workspace.title })}
      />
      {allowed ? <OnCluster /> : <NoPermission permission={CREATE} />}
    </>
  );
}

/** The form, as soon as there is a cluster to make the namespace on. */
function OnCluster() {
  const { t } = useAmambaTranslation();
  const { title } = useWorkspace();
  const bindings = useBindings();
  return (
    <LiveView live={bindings} failed={t('namespaces.clusters.failed')}>
      {found => (
        <>
          <ClusterSetup setup={found.setup} onCheck={bindings.retry} />
          {found.items.length > 0 ? (
            <CreateForm bindings={found} />
          ) : (
            <EmptyState
              title={t('namespaces.clusters.none', { workspace: title })}
              act={<BackToNamespaces />}
            >
              {t('namespaces.clusters.noneHint')}
            </EmptyState>
          )}
        </>
      )}
    </LiveView>
  );
}

function CreateForm(props: { bindings: ClusterBindingList }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const wanted = useUrlState().get('cluster');
  const { bindings } = props;
  const [initial] = useState(() => {
    const { items } = bindings;
    const first = items.find(({ cluster }) => cluster === wanted) ?? items[0];
    return emptyForm(first.cluster);
  });
  const state = useNamespaceForm(initial, bindings);
  const guard = useLeaveGuard(state.dirty);
  const save = useSave(state, async () => {
    const { cluster, name } = await api.call('createNamespace', {
      params: { workspace },
      body: draftOf(state.form),
    });
    toast.done(t('namespaces.create.done', { namespace: name, cluster }));
    guard.leave(workbench.namespace(workspace, cluster, name));
  });
  return (
    <>
      <form ref={save.form} onSubmit={save.submit} noValidate>
        <NamespaceFields
          state={state}
          bindings={bindings.items}
          room={state.room}
        />
        <SaveBar
          state={state}
          isShown={path => isShown(state.form, path)}
          act={save.act}
          label={t('namespaces.create.act')}
          failed={t('namespaces.create.failed')}
          onCancel={() => navigate(workbench.namespaces(workspace))}
        />
      </form>
      {guard.dialog}
    </>
  );
}
