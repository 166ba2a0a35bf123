import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  bindingModeSchema,
  type ClusterBinding,
  type ClusterBindingList,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import {
  SaveBar,
  useForm,
  useLeaveGuard,
  useSave,
} from '../../../components/Form';
import { PageHeader, Section } from '../../../components/Page';
import { isNamedKey } from '../../../components/Quota';
import { EmptyState, LiveView } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { BackToNamespaces } from '../BackToNamespaces';
import { QuotaFields } from '../form/QuotaFields';
import {
  quotaFormOf,
  quotaFormProblems,
  quotaOf,
  type QuotaForm,
} from '../form/quotaForm';
import { mayManage, useBindings } from './useBindings';

interface BindingForm {
  mode: ClusterBinding['mode'];
  quota: QuotaForm;
}

const problemsOf = ({ quota }: BindingForm) => quotaFormProblems(quota);

/** Binds a cluster to the workspace, or changes how it is bound. */
export function BindClusterPage(props: { cluster: string }) {
  const { t } = useAmambaTranslation();
  const { title } = useWorkspace();
  const live = useBindings();
  const { cluster } = props;
  return (
    <>
      <PageHeader
        title={t('namespaces.clusters.formTitle', {
          cluster,
          workspace: title,
        })}
      />
      <LiveView live={live} failed={t('namespaces.clusters.failed')}>
        {found => <Judged found={found} cluster={cluster} />}
      </LiveView>
    </>
  );
}

/** The form, for those who may, of a cluster that can be bound. */
function Judged(props: { found: ClusterBindingList; cluster: string }) {
  const { t } = useAmambaTranslation();
  const { found, cluster } = props;
  // who edits keeps what was there when the form opened
  const [binding] = useState(() =>
    found.items.find(item => item.cluster === cluster),
  );
  const free = found.available.find(item => item.cluster === cluster);
  if (!mayManage(found)) {
    return (
      <EmptyState
        title={t('namespaces.clusters.manageOnly')}
        act={<BackToNamespaces />}
      />
    );
  }
  if (!binding && !free) {
    return (
      <EmptyState title={t('common.notFound')} act={<BackToNamespaces />} />
    );
  }
  return <BindingFields cluster={cluster} binding={binding} />;
}

function BindingFields(props: {
  cluster: string;
  binding: ClusterBinding | undefined;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name: workspace, title } = useWorkspace();
  const { cluster, binding } = props;
  const [initial] = useState<BindingForm>(() => ({
    mode: binding?.mode ?? 'shared',
    quota: quotaFormOf(binding?.quota ?? {}),
  }));
  const state = useForm(initial, problemsOf);
  const guard = useLeaveGuard(state.dirty);
  const { form, change } = state;
  const words = { cluster, workspace: title };
  const save = useSave(state, async () => {
    await api.call('bindCluster', {
      params: { workspace, cluster },
      body: {
        mode: form.mode,
        quota: quotaOf(form.quota),
        version: binding?.version,
      },
    });
    toast.done(t('namespaces.clusters.bindDone', words));
    guard.leave(workbench.clusters(workspace));
  });
  const isShown = (path: string) => {
    const key = path.replace(/^quota\./, '');
    return (
      isNamedKey(key) || form.quota.others.some(row => row.key.trim() === key)
    );
  };
  return (
    <>
      <form ref={save.form} onSubmit={save.submit} noValidate>
        <Section title={t('namespaces.clusters.mode')}>
          <ModeField value={form.mode} onChange={mode => change({ mode })} />
        </Section>
        <Section
          title={t('namespaces.clusters.quota')}
          help={t('namespaces.clusters.quotaHelp')}
        >
          <QuotaFields
            quota={form.quota}
            onChange={quota => change({ quota })}
            problemAt={state.problemAt}
          />
        </Section>
        <SaveBar
          state={state}
          isShown={isShown}
          act={save.act}
          label={
            binding
              ? t('namespaces.clusters.save')
              : t('namespaces.clusters.bindOf', words)
          }
          failed={t('namespaces.clusters.bindFailed', words)}
          onCancel={() => navigate(workbench.clusters(workspace))}
        />
      </form>
      {guard.dialog}
    </>
  );
}

function ModeField(props: {
  value: ClusterBinding['mode'];
  onChange: (mode: ClusterBinding['mode']) => void;
}) {
  const { t } = useAmambaTranslation();
  const id = useId();
  const { value } = props;
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      fullWidth
      margin="dense"
      variant="outlined"
      label={t('namespaces.clusters.mode')}
      helperText={t(`namespaces.clusters.modesHelp.${value}`)}
      value={value}
      onChange={event => {
        const mode = bindingModeSchema.options.find(
          known => known === event.target.value,
        );
        if (mode) props.onChange(mode);
      }}
    >
      {bindingModeSchema.options.map(mode => (
        <option key={mode} value={mode}>
          {t(`namespaces.clusters.modes.${mode}`)}
        </option>
      ))}
    </TextField>
  );
}
