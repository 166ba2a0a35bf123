import { useAmambaApi } from '../../../api';
import { Commit } from '../../../components/Commit';
import { DataTable } from '../../../components/DataTable';
import { EmptyState, LiveView } from '../../../components/States';
import { Ago } from '../../../components/Time';
import { useLive } from '../../../hooks/useLive';
import { useAmambaTranslation } from '../../../translation';
import { useRun } from './runScope';

/** Commits that came in since the run before. */
export function ChangesView() {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { params, run, finished } = useRun();
  const live = useLive(
    signal => api.call('listChanges', { params }, { signal }),
    {
      key: `${params.run} ${run.state}`,
      identity: params.run,
      watch: !finished,
      matches: change => change.type === 'run' && change.run === run.id,
    },
  );
  return (
    <LiveView live={live} failed={t('runs.changes.failed')}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('runs.changes.none')} />
        ) : (
          <DataTable
            id="changes"
            label={t('runs.tabs.changes')}
            identity={params.run}
            rows={items}
            keyOf={({ commit }) => commit}
            columns={[
              {
                id: 'commit',
                label: t('runs.changes.commit'),
                header: true,
                cell: ({ commit, message }) => (
                  <Commit commit={commit} message={message} />
                ),
              },
              {
                id: 'author',
                label: t('runs.changes.author'),
                second: true,
                cell: ({ author }) => author,
              },
              {
                id: 'at',
                label: t('runs.changes.at'),
                second: true,
                cell: ({ at }) => (at ? <Ago time={at} /> : '–'),
              },
              {
                id: 'files',
                label: t('runs.changes.files'),
                cell: ({ files }) =>
                  t('runs.changes.filesCount', { count: files }),
              },
            ]}
          />
        )
      }
    </LiveView>
  );
}
