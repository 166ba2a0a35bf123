import type { HelmRepository } from '@amamba/backstage-plugin-amamba-common';
import { useState } from 'react';
import { useAmambaApi } from '../../../../api';
import { ActionButton, MenuButton } from '../../../../components/Action';
import { ConfirmDialog } from '../../../../components/Confirm';
import { DataTable, type Column } from '../../../../components/DataTable';
import { Crumb, PageHeader } from '../../../../components/Page';
import { EmptyState, IconLine, LiveView } from '../../../../components/States';
import { StatusIcon } from '../../../../components/Status';
import { Ago } from '../../../../components/Time';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useToast } from '../../../../hooks/useToast';
import { useMay, useWorkspace } from '../../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../../translation';
import { useRepositories } from '../useRepositories';
import { RepositoryDialog } from './RepositoryDialog';

type Open =
  { dialog: 'add' } | { dialog: 'edit' | 'delete'; repository: HelmRepository };

/** Helm repositories of the workspace. */
export default function RepositoriesPage() {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { workbench } = useAmambaRoutes();
  const { name: workspace, title } = useWorkspace();
  const { reason } = useMay('amamba.helm-repository.write');
  const live = useRepositories();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const add = (main: boolean) => (
    <ActionButton
      variant={main ? 'contained' : 'outlined'}
      refused={reason}
      onClick={() => setOpen({ dialog: 'add' })}
    >
      {t('helm.repositories.add')}
    </ActionButton>
  );
  const columns: Column<HelmRepository>[] = [
    {
      id: 'name',
      label: t('appForm.name'),
      header: true,
      cell: ({ name }) => name,
    },
    {
      id: 'type',
      label: t('helm.repositories.type'),
      cell: ({ type }) => t(`helm.repositories.types.${type}`),
    },
    {
      id: 'url',
      label: t('helm.repositories.url'),
      wide: true,
      second: true,
      cell: ({ url }) => url,
    },
    {
      id: 'state',
      label: t('helm.repositories.state'),
      second: true,
      cell: repository => <RepositoryState repository={repository} />,
    },
    {
      id: 'acts',
      label: t('helm.repositories.acts'),
      acts: true,
      cell: repository => {
        const refused =
          repository.scope === 'platform'
            ? t('helm.repositories.platform')
            : reason;
        return (
          <MenuButton
            label={t('helm.repositories.more', { name: repository.name })}
            entries={[
              {
                label: t('helm.repositories.edit'),
                act: () => setOpen({ dialog: 'edit', repository }),
                refused,
              },
              {
                label: t('helm.repositories.delete'),
                act: () => setOpen({ dialog: 'delete', repository }),
                refused,
              },
            ]}
          />
        );
      },
    },
  ];
  return (
    <Crumb
      label={t('helm.repositories.title')}
      href={workbench.helmRepositories(workspace)}
    >
      <PageHeader
        title={t('helm.repositories.of', { workspace: title })}
        acts={
          <>
            <ActionButton to={workbench.charts(workspace)}>
              {t('helm.charts.label')}
            </ActionButton>
            {add(true)}
          </>
        }
      />
      <LiveView live={live} failed={t('helm.repositories.failed')}>
        {({ items }) =>
          items.length > 0 ? (
            <DataTable
              id="helm-repositories"
              identity={workspace}
              label={t('helm.repositories.title')}
              rows={items}
              columns={columns}
              keyOf={({ scope, name }) => `${scope}/${name}`}
            />
          ) : (
            <EmptyState title={t('helm.repositories.none')} act={add(false)}>
              {reason}
            </EmptyState>
          )
        }
      </LiveView>
      {open && open.dialog !== 'delete' && (
        <RepositoryDialog
          repository={open.dialog === 'edit' ? open.repository : undefined}
          onClose={close}
          onSaved={live.retry}
        />
      )}
      {open?.dialog === 'delete' && (
        <ConfirmDialog
          destructive
          title={t('helm.repositories.deleteTitle', {
            name: open.repository.name,
          })}
          will={[t('helm.repositories.deleteWill')]}
          confirmLabel={t('helm.repositories.delete')}
          failedLabel={t('helm.repositories.deleteFailed')}
          onClose={close}
          onConfirm={async () => {
            const { name } = open.repository;
            await api.call('deleteHelmRepository', {
              params: { workspace, repository: name },
            });
            toast.done(t('helm.repositories.deleted', { name }));
            live.retry();
          }}
        />
      )}
    </Crumb>
  );
}

function RepositoryState(props: { repository: HelmRepository }) {
  const { t } = useAmambaTranslation();
  const { problem, chartCount, checkedAt } = props.repository;
  if (problem) {
    return (
      <IconLine icon={<StatusIcon status="failed" size={16} />}>
        {problem}
      </IconLine>
    );
  }
  return (
    <>
      {chartCount !== undefined &&
        t('helm.repositories.charts', { count: chartCount })}{' '}
      {checkedAt && <Ago time={checkedAt} />}
    </>
  );
}
