import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  canonicalQuotaKey,
  type NamespaceDetail,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { Banner } from '../../../components/Banner';
import { SaveBar, useLeaveGuard, useSave } from '../../../components/Form';
import { PageHeader } from '../../../components/Page';
import { quotaLabel } from '../../../components/Quota';
import { LiveView, NoPermission } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { BackToNamespaces } from '../BackToNamespaces';
import { useBindings } from '../clusters/useBindings';
import { useNamespace } from '../useNamespace';
import { draftOf, formOf, isShown } from './formState';
import { NamespaceFields } from './NamespaceFields';
import { useNamespaceForm } from './useNamespaceForm';

const UPDATE = 'amamba.namespace.update';

/** Edits what the portal keeps a namespace to. */
export function EditNamespacePage(props: { cluster: string; name: string }) {
  const { t } = useAmambaTranslation();
  const { cluster, name } = props;
  const live = useNamespace(cluster, name);
  return (
    <>
      <PageHeader title={t('namespaces.edit.title', { namespace: name })} />
      <LiveView
        live={live}
        failed={t('namespaces.loadFailed')}
        back={<BackToNamespaces />}
      >
        {namespace => <Edited namespace={namespace} />}
      </LiveView>
    </>
  );
}

/** What is edited stays while the namespace is renewed; when somebody else was faster, the form says so. */
function Edited(props: { namespace: NamespaceDetail }) {
  const { t } = useAmambaTranslation();
  const { namespace } = props;
  const { allowed } = useMayOn(namespace, UPDATE);
  const [edited, setEdited] = useState(namespace);
  if (!allowed) return <NoPermission permission={UPDATE} />;
  return (
    <>
      {edited.version !== namespace.version && (
        <Banner
          severity="warning"
          actions={
            <Button size="small" onClick={() => setEdited(namespace)}>
              {t('namespaces.edit.startAgain')}
            </Button>
          }
        >
          {t('namespaces.edit.changedMeanwhile')}
        </Banner>
      )}
      <EditForm key={edited.version} namespace={edited} />
    </>
  );
}

function EditForm(props: { namespace: NamespaceDetail }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const bindings = useBindings();
  const { namespace } = props;
  const { workspace, cluster, name, version, wantedQuota } = namespace;
  const [initial] = useState(() => formOf(namespace));
  const state = useNamespaceForm(initial, bindings.data, wantedQuota);
  const guard = useLeaveGuard(state.dirty);
  const page = workbench.namespace(workspace, cluster, name);
  const save = useSave(state, async () => {
    const { cluster: _cluster, name: _name, ...settings } = draftOf(state.form);
    await api.call('updateNamespace', {
      params: { workspace, cluster, namespace: name },
      body: { ...settings, version },
    });
    toast.done(t('namespaces.edit.done', { namespace: name }));
    guard.leave(page);
  });
  return (
    <>
      <form ref={save.form} onSubmit={save.submit} noValidate>
        <NamespaceFields
          state={state}
          room={state.room}
          besides={useBesides(namespace)}
        />
        <SaveBar
          state={state}
          isShown={path => isShown(state.form, path)}
          act={save.act}
          label={t('namespaces.edit.save')}
          failed={t('namespaces.edit.failed', { namespace: name })}
          onCancel={() => navigate(page)}
        />
      </form>
      {guard.dialog}
    </>
  );
}

/** Limits that another quota sets in the namespace, which the form does not change. */
function useBesides(namespace: NamespaceDetail): string | undefined {
  const { t } = useAmambaTranslation();
  const own = new Set(
    Object.keys(namespace.wantedQuota).map(canonicalQuotaKey),
  );
  const others = namespace.quota.filter(({ key }) => !own.has(key));
  return others.length > 0
    ? t('namespaces.edit.besides', {
        limits: others
          .map(({ key, hard }) => `${quotaLabel(t, key)} ${hard}`)
          .join(t('namespaces.delete.comma')),
      })
    : undefined;
}
