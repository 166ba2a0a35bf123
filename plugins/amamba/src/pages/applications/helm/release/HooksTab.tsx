import type { HelmRelease } from '@amamba/backstage-plugin-amamba-common';
import { DataTable, type Column } from '../../../../components/DataTable';
import { EmptyState } from '../../../../components/States';
import { useAmambaTranslation } from '../../../../translation';
import { ReleaseView } from './useRelease';

type Hook = HelmRelease['hooks'][number];

/** What the chart runs before and after changes. */
export default function HooksTab() {
  const { t } = useAmambaTranslation();
  const columns: Column<Hook>[] = [
    {
      id: 'name',
      label: t('appForm.name'),
      header: true,
      cell: ({ kind, name }) => `${kind}/${name}`,
    },
    {
      id: 'events',
      label: t('helm.release.hookEvents'),
      cell: ({ events }) => events.join(', '),
    },
    {
      id: 'phase',
      label: t('helm.release.hookPhase'),
      cell: ({ phase }) => phase ?? t('helm.release.hookNeverRan'),
    },
  ];
  return (
    <ReleaseView>
      {({ hooks, name }) =>
        hooks.length > 0 ? (
          <DataTable
            id="helm-hooks"
            identity={name}
            label={t('helm.release.hooks')}
            rows={hooks}
            columns={columns}
            keyOf={hook => `${hook.kind}/${hook.name}`}
          />
        ) : (
          <EmptyState title={t('helm.release.noHooks')} />
        )
      }
    </ReleaseView>
  );
}
