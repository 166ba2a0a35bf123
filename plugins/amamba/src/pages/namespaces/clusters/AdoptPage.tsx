import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { AdoptableNamespace } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ActionButton } from '../../../components/Action';
import { ConfirmDialog } from '../../../components/Confirm';
import { DataTable, type Column } from '../../../components/DataTable';
import { SearchField } from '../../../components/Filter';
import { PageHeader } from '../../../components/Page';
import { EmptyState, IconLine, LiveView } from '../../../components/States';
import { StatusIcon } from '../../../components/Status';
import { Ago } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useLive } from '../../../hooks/useLive';
import { useToast } from '../../../hooks/useToast';
import { useUrlState } from '../../../hooks/useUrlState';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { BackToNamespaces } from '../BackToNamespaces';

/** Rows that are drawn; the search finds the others. */
const ROWS = 100;

/** Namespaces of a cluster that belong to nobody, to be taken over by the workspace. */
export function AdoptPage(props: { cluster: string }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const { name: workspace, title } = useWorkspace();
  const { cluster } = props;
  const [adopted, setAdopted] = useState<AdoptableNamespace>();
  const live = useLive(
    signal =>
      api.call(
        'listAdoptableNamespaces',
        { params: { workspace, cluster } },
        { signal },
      ),
    { key: `${workspace}/${cluster}`, identity: `${workspace}/${cluster}` },
  );
  const q = url.get('q') ?? '';
  return (
    <>
      <PageHeader
        title={t('namespaces.adopt.title', { cluster, workspace: title })}
        live={live}
      />
      <LiveView
        live={live}
        failed={t('namespaces.adopt.listFailed')}
        back={<BackToNamespaces />}
      >
        {({ items }) => (
          <Adoptable
            items={items}
            q={q}
            onSearch={text => url.set({ q: text.trim() })}
            onAdopt={setAdopted}
          />
        )}
      </LiveView>
      {adopted && (
        <AdoptDialog
          namespace={adopted}
          onClose={() => setAdopted(undefined)}
        />
      )}
    </>
  );
}

function Adoptable(props: {
  items: readonly AdoptableNamespace[];
  q: string;
  onSearch: (q: string) => void;
  onAdopt: (namespace: AdoptableNamespace) => void;
}) {
  const { t } = useAmambaTranslation();
  const { items, q, onAdopt } = props;
  const found = items.filter(({ name }) => name.includes(q));
  const columns: Column<AdoptableNamespace>[] = [
    {
      id: 'name',
      label: t('namespaces.columns.name'),
      header: true,
      wide: true,
      cell: ({ name }) => name,
    },
    {
      id: 'mark',
      label: t('namespaces.adopt.mark'),
      second: true,
      cell: ({ marked }) =>
        marked && (
          <IconLine icon={<StatusIcon status="unstable" size={16} />}>
            {t('namespaces.adopt.marked')}
          </IconLine>
        ),
    },
    {
      id: 'created',
      label: t('namespaces.columns.created'),
      second: true,
      cell: ({ createdAt }) => <Ago time={createdAt} />,
    },
    {
      id: 'acts',
      label: t('namespaces.columns.acts'),
      acts: true,
      cell: namespace => (
        <ActionButton
          size="small"
          label={t('namespaces.adopt.actOn', { namespace: namespace.name })}
          onClick={() => onAdopt(namespace)}
        >
          {t('namespaces.adopt.confirm')}
        </ActionButton>
      ),
    },
  ];
  if (items.length === 0) {
    return (
      <EmptyState
        title={t('namespaces.adopt.none')}
        act={<BackToNamespaces />}
      />
    );
  }
  return (
    <>
      <SearchField
        label={t('namespaces.search')}
        value={q}
        onChange={props.onSearch}
      />
      {found.length > 0 ? (
        <DataTable
          id="adoptable"
          label={t('namespaces.adopt.label')}
          identity={q}
          columns={columns}
          rows={found.slice(0, ROWS)}
          keyOf={({ name }) => name}
          footer={
            found.length > ROWS &&
            t('namespaces.adopt.more', { count: found.length - ROWS })
          }
        />
      ) : (
        <EmptyState title={t('common.noMatch')} />
      )}
    </>
  );
}

function AdoptDialog(props: {
  namespace: AdoptableNamespace;
  onClose: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name: workspace, title } = useWorkspace();
  const id = useId();
  const [environment, setEnvironment] = useState('');
  const { cluster, name, marked } = props.namespace;
  const words = { namespace: name, workspace: title };
  return (
    <ConfirmDialog
      title={t('namespaces.adopt.confirmTitle', words)}
      will={[
        t('namespaces.adopt.people', words),
        t('namespaces.adopt.marks'),
        t('namespaces.adopt.access'),
      ]}
      willNot={[t('namespaces.adopt.runs')]}
      warnings={marked ? [t('namespaces.adopt.markedWarning')] : undefined}
      confirmLabel={t('namespaces.adopt.actOn', words)}
      failedLabel={t('namespaces.adopt.failed', words)}
      onClose={props.onClose}
      onConfirm={async () => {
        await api.call('adoptNamespace', {
          params: { workspace, cluster, namespace: name },
          body: { environment: environment.trim() || undefined },
        });
        toast.done(t('namespaces.adopt.done', words));
        navigate(workbench.namespace(workspace, cluster, name));
      }}
      form={
        <TextField
          id={id}
          fullWidth
          margin="dense"
          variant="outlined"
          label={t('namespaces.form.environment')}
          helperText={t('namespaces.form.rules.environment')}
          value={environment}
          onChange={event => setEnvironment(event.target.value)}
        />
      }
    />
  );
}
