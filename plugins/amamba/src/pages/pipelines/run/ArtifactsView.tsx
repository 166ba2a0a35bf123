import Typography from '@material-ui/core/Typography';
import { toError } from '@backstage/errors';
import { useState } from 'react';
import type { Artifact } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ActionButton } from '../../../components/Action';
import { DataTable } from '../../../components/DataTable';
import { EmptyState, LiveView } from '../../../components/States';
import { useLanguage } from '../../../components/Time';
import { useLive } from '../../../hooks/useLive';
import { useToast } from '../../../hooks/useToast';
import { useAmambaTranslation } from '../../../translation';
import { download, fileName } from '../../../api/download';
import { formatBytes } from '../../../components/Bytes';
import { useRun } from './runScope';

/** What a run kept. */
export function ArtifactsView() {
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const api = useAmambaApi();
  const toast = useToast();
  const { params, run, finished } = useRun();
  const [loading, setLoading] = useState<ReadonlySet<string>>(new Set());
  const live = useLive(
    signal => api.call('listArtifacts', { params }, { signal }),
    {
      key: `${params.run} ${run.state}`,
      identity: params.run,
      watch: !finished,
      matches: change => change.type === 'run' && change.run === run.id,
    },
  );
  const save = async ({ path, sizeBytes }: Artifact) => {
    if (loading.has(path)) return;
    setLoading(before => new Set(before).add(path));
    try {
      await download(
        () => api.open('downloadArtifact', { params, query: { path } }),
        { name: fileName(path), sizeBytes },
      );
    } catch (error) {
      toast.failed(t('runs.downloadFailed'), toError(error));
    }
    setLoading(before => {
      const after = new Set(before);
      after.delete(path);
      return after;
    });
  };
  return (
    <LiveView live={live} failed={t('runs.artifacts.failed')}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('runs.artifacts.none')}>
            {t('runs.artifacts.hint')}
          </EmptyState>
        ) : (
          <DataTable
            id="artifacts"
            label={t('runs.tabs.artifacts')}
            identity={params.run}
            rows={items}
            keyOf={({ path }) => path}
            columns={[
              {
                id: 'name',
                label: t('runs.artifacts.name'),
                header: true,
                cell: ({ name, path }) => (
                  <>
                    {name}
                    {path !== name && (
                      <Typography variant="body2" color="textSecondary">
                        {path}
                      </Typography>
                    )}
                  </>
                ),
              },
              {
                id: 'size',
                label: t('runs.artifacts.size'),
                cell: ({ sizeBytes }) =>
                  sizeBytes === undefined
                    ? '–'
                    : formatBytes(sizeBytes, language),
              },
              {
                id: 'acts',
                label: t('runs.artifacts.download'),
                acts: true,
                cell: artifact => (
                  <ActionButton
                    size="small"
                    busy={loading.has(artifact.path)}
                    label={t('runs.artifacts.downloadName', {
                      name: artifact.name,
                    })}
                    onClick={() => save(artifact)}
                  >
                    {t('runs.artifacts.download')}
                  </ActionButton>
                ),
              },
            ]}
          />
        )
      }
    </LiveView>
  );
}
