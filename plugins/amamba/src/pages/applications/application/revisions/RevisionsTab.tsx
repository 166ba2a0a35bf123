import {
  type ApplicationResource,
  type Revision,
} from '@amamba/backstage-plugin-amamba-common';
import { useState } from 'react';
import { useAmambaApi } from '../../../../api';
import { ActionButton } from '../../../../components/Action';
import { DataTable, type Column } from '../../../../components/DataTable';
import { Images } from '../../../../components/Image';
import { EmptyState, LiveView } from '../../../../components/States';
import { Ago } from '../../../../components/Time';
import { useLive } from '../../../../hooks/useLive';
import { useUrlState } from '../../../../hooks/useUrlState';
import { useMayOn } from '../../../../hooks/useWorkspace';
import { Tag } from '../../../../components/Tag';
import { useAmambaTranslation } from '../../../../translation';
import { ActDialog } from '../../acts/ActDialog';
import { useActWords } from '../../acts/useActWords';
import { workloadOf } from '../../acts/useWorkloadActs';
import { followApplication, useApplication } from '../applicationScope';
import { Comparison } from './Comparison';

/** The revisions of the application's workloads: what changed from one to the next, and the way back. */
export default function RevisionsTab() {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const url = useUrlState();
  const { address } = useApplication();
  const [rollback, setRollback] = useState<Revision>();
  const live = useLive(
    signal => api.call('listRevisions', { params: address }, { signal }),
    followApplication(address, 'revisions'),
  );
  const [from, to] = (url.get('compare') ?? '').split('..');
  return (
    <>
      <LiveView live={live} failed={t('applications.revisions.failed')}>
        {({ items }) => {
          const find = (id: string | undefined) =>
            items.find(revision => revision.id === id);
          const compared = { from: find(from), to: find(to) };
          return items.length === 0 ? (
            <EmptyState title={t('applications.revisions.none')}>
              {t('applications.revisions.hint')}
            </EmptyState>
          ) : (
            <>
              <RevisionTable
                items={items}
                onCompare={(a, b) => url.set({ compare: `${a.id}..${b.id}` })}
                onRollback={setRollback}
              />
              {compared.from && compared.to && (
                <Comparison
                  from={compared.from}
                  to={compared.to}
                  onClose={() => url.set({ compare: undefined })}
                />
              )}
            </>
          );
        }}
      </LiveView>
      {rollback && (
        <RollbackDialog
          revision={rollback}
          onClose={() => setRollback(undefined)}
        />
      )}
    </>
  );
}

function RollbackDialog(props: { revision: Revision; onClose: () => void }) {
  const { t } = useAmambaTranslation();
  const { application } = useApplication();
  const { revision } = props;
  const workload = workloadOf(ownerOf(revision, application.resources));
  if (!workload) return null;
  return (
    <ActDialog
      act={{ act: 'rollback', workload, revision: revision.id }}
      label={t('applications.revisions.rollback', {
        name: workload.name,
        number: String(revision.number),
      })}
      onClose={props.onClose}
    />
  );
}

function ownerOf(
  { workload }: Revision,
  resources: readonly ApplicationResource[],
): ApplicationResource | undefined {
  return resources.find(({ kind, name }) => `${kind}/${name}` === workload);
}

/** The revision before one, of the same workload. */
function before(
  revision: Revision,
  items: readonly Revision[],
): Revision | undefined {
  return items
    .filter(
      ({ workload, number }) =>
        workload === revision.workload && number < revision.number,
    )
    .sort((a, b) => b.number - a.number)[0];
}

function RevisionTable(props: {
  items: readonly Revision[];
  onCompare: (from: Revision, to: Revision) => void;
  onRollback: (revision: Revision) => void;
}) {
  const { t } = useAmambaTranslation();
  const { items } = props;
  const several = new Set(items.map(({ workload }) => workload)).size > 1;
  const columns: Column<Revision>[] = [
    {
      id: 'number',
      label: t('applications.revisions.revision'),
      header: true,
      cell: ({ number, current }) => (
        <>
          {String(number)}{' '}
          {current && <Tag label={t('applications.revisions.current')} />}
        </>
      ),
    },
    ...(several
      ? [
          {
            id: 'workload',
            label: t('applications.revisions.workload'),
            wide: true,
            cell: ({ workload }: Revision) => workload,
          },
        ]
      : []),
    {
      id: 'images',
      label: t('applications.columns.images'),
      wide: true,
      cell: ({ images }) => <Images images={images} />,
    },
    {
      id: 'cause',
      label: t('applications.revisions.cause'),
      optional: true,
      second: true,
      wide: true,
      cell: ({ cause }) => cause,
    },
    {
      id: 'pods',
      label: t('applications.columns.ready'),
      second: true,
      cell: ({ pods }) => (pods === undefined ? null : String(pods)),
    },
    {
      id: 'created',
      label: t('applications.columns.created'),
      second: true,
      cell: ({ createdAt }) => <Ago time={createdAt} />,
    },
    {
      id: 'acts',
      label: t('applications.revisions.acts'),
      acts: true,
      cell: revision => <RowActs {...props} revision={revision} />,
    },
  ];
  return (
    <DataTable
      id="applicationRevisions"
      label={t('applications.tabs.revisions')}
      identity="revisions"
      columns={columns}
      rows={items}
      keyOf={({ workload, id }) => `${workload} ${id}`}
    />
  );
}

function RowActs(props: {
  revision: Revision;
  items: readonly Revision[];
  onCompare: (from: Revision, to: Revision) => void;
  onRollback: (revision: Revision) => void;
}) {
  const { t } = useAmambaTranslation();
  const words = useActWords();
  const { application } = useApplication();
  const may = useMayOn(application, 'amamba.application.update');
  const { revision, items } = props;
  const number = String(revision.number);
  const previous = before(revision, items);
  const offer = ownerOf(revision, application.resources)?.acts.find(
    ({ act }) => act === 'rollback',
  );
  const refused =
    may.reason ??
    (offer?.refusal ? words(offer.refusal) || offer.why : offer?.why);
  return (
    <>
      {previous && (
        <ActionButton
          size="small"
          variant="text"
          label={t('applications.revisions.changesOf', { number })}
          onClick={() => props.onCompare(previous, revision)}
        >
          {t('applications.revisions.changes')}
        </ActionButton>
      )}
      {!revision.current && offer && (
        <ActionButton
          size="small"
          refused={refused}
          label={t('applications.revisions.rollbackTo', { number })}
          onClick={() => props.onRollback(revision)}
        >
          {t('applications.revisions.back')}
        </ActionButton>
      )}
    </>
  );
}
