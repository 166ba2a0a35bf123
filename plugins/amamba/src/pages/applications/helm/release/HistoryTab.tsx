import type {
  HelmRelease,
  HelmRevision,
  Operation,
} from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { useAmambaApi } from '../../../../api';
import { ActionButton } from '../../../../components/Action';
import { ConfirmDialog } from '../../../../components/Confirm';
import { DataTable, type Column } from '../../../../components/DataTable';
import { Section } from '../../../../components/Page';
import { Ago } from '../../../../components/Time';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useAmambaTranslation } from '../../../../translation';
import { CompareRevisions } from './CompareRevisions';
import { OperationDialog } from './OperationDialog';
import { HelmStatusWord } from './HelmStatusWord';
import { ReleaseView, useReleaseNames, useReleaseRefusal } from './useRelease';

/** Revisions of a release: compare two, go back to one. */
export default function HistoryTab() {
  return (
    <ReleaseView>
      {(release, live) => <History release={release} onDone={live.retry} />}
    </ReleaseView>
  );
}

function History(props: { release: HelmRelease; onDone: () => void }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const names = useReleaseNames();
  const { release } = props;
  const refused = useReleaseRefusal(release, 'amamba.application.update');
  const [chosen, setChosen] = useState<HelmRevision>();
  const [operation, setOperation] = useState<Operation>();
  const [from, to] = (url.get('compare') ?? '').split('..').map(Number);
  const compares = Number.isInteger(from) && Number.isInteger(to);
  const latest = release.latest.revision;
  const columns: Column<HelmRevision>[] = [
    {
      id: 'revision',
      label: t('helm.release.revision'),
      header: true,
      cell: ({ revision }) => revision,
    },
    {
      id: 'status',
      label: t('helm.release.status'),
      cell: ({ status }) => <HelmStatusWord status={status} />,
    },
    {
      id: 'chart',
      label: t('helm.chart'),
      cell: ({ chart, chartVersion }) => `${chart} ${chartVersion}`,
    },
    {
      id: 'appVersion',
      label: t('helm.appVersion'),
      optional: true,
      second: true,
      cell: ({ appVersion }) => appVersion ?? t('common.none'),
    },
    {
      id: 'updated',
      label: t('helm.release.updated'),
      second: true,
      cell: ({ updatedAt }) => <Ago time={updatedAt} />,
    },
    {
      id: 'description',
      label: t('helm.description'),
      optional: true,
      second: true,
      wide: true,
      cell: ({ description }) => description ?? t('common.none'),
    },
    {
      id: 'acts',
      label: t('helm.release.acts'),
      acts: true,
      cell: revision => (
        <>
          {revision.revision !== latest && (
            <>
              <Button
                size="small"
                aria-label={t('helm.release.compareWith', {
                  from: String(revision.revision),
                  to: String(latest),
                })}
                onClick={() =>
                  url.set({ compare: `${revision.revision}..${latest}` })
                }
              >
                {t('helm.release.compare')}
              </Button>
              <ActionButton
                size="small"
                refused={refused}
                label={t('helm.release.rollbackTo', {
                  revision: String(revision.revision),
                })}
                onClick={() => setChosen(revision)}
              >
                {t('helm.release.rollback')}
              </ActionButton>
            </>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <DataTable
        id="helm-history"
        identity={release.name}
        label={t('helm.release.history')}
        rows={[...release.history].sort((a, b) => b.revision - a.revision)}
        columns={columns}
        keyOf={({ revision }) => String(revision)}
      />
      {compares && (
        <Section
          title={t('helm.release.compareWith', {
            from: String(from),
            to: String(to),
          })}
        >
          <CompareRevisions from={from} to={to} />
        </Section>
      )}
      {chosen && (
        <ConfirmDialog
          title={t('helm.release.rollbackTitle', {
            release: release.name,
            revision: String(chosen.revision),
          })}
          will={[
            t('helm.release.rollbackWill', {
              chart: `${chosen.chart} ${chosen.chartVersion}`,
              revision: String(latest + 1),
            }),
          ]}
          confirmLabel={t('helm.release.rollbackTo', {
            revision: String(chosen.revision),
          })}
          failedLabel={t('helm.release.rollbackFailed')}
          form={<CompareRevisions from={latest} to={chosen.revision} />}
          onClose={() => setChosen(undefined)}
          onConfirm={async () => {
            setOperation(
              await api.call('rollbackRelease', {
                params: names,
                body: { revision: chosen.revision, basis: latest, wait: true },
              }),
            );
          }}
        />
      )}
      {operation && (
        <OperationDialog
          title={t('helm.release.rollingBack', { release: release.name })}
          operation={operation}
          onDone={props.onDone}
          onClose={() => setOperation(undefined)}
        />
      )}
    </>
  );
}
