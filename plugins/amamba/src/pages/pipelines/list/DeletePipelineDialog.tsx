import { isPipelineChange } from '@amamba/backstage-plugin-amamba-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import type { Pipeline } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ConfirmDialog } from '../../../components/Confirm';
import { LiveView } from '../../../components/States';
import { useLive } from '../../../hooks/useLive';
import { useAmambaTranslation, type Translate } from '../../../translation';

function losses(t: Translate, pipeline: Pipeline) {
  const { name, engine, source, lastRun, statistics } = pipeline;
  const running =
    lastRun && ['queued', 'running', 'waiting'].includes(lastRun.state);
  return {
    will: [
      t('pipelines.delete.job', { pipeline: name, engine }),
      t('pipelines.delete.runs', { count: statistics.total }),
      ...(source.type === 'script' ? [t('pipelines.delete.script')] : []),
    ],
    willNot:
      source.type === 'repository'
        ? [t('pipelines.delete.repository', { url: source.url })]
        : undefined,
    warnings: [
      ...(running ? [t('pipelines.delete.running')] : []),
      t('common.cannotUndo'),
    ],
  };
}

/** Deletes a pipeline after its name was typed. What is lost comes from the backend, at this moment. */
export function DeletePipelineDialog(props: {
  pipeline: Pick<Pipeline, 'name' | 'workspace'>;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { name, workspace } = props.pipeline;
  const params = { workspace, pipeline: name };
  const live = useLive(
    signal => api.call('getPipeline', { params }, { signal }),
    {
      key: `${workspace}/${name}`,
      matches: change => isPipelineChange(change, workspace, name),
    },
  );
  if (!live.data) {
    return (
      <Dialog open onClose={props.onClose} aria-label={t('common.loading')}>
        <DialogContent>
          <LiveView live={live} failed={t('pipelines.loadFailed')}>
            {() => null}
          </LiveView>
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      title={t('pipelines.delete.title', { pipeline: name })}
      {...losses(t, live.data)}
      typeName={name}
      destructive
      confirmLabel={t('pipelines.delete.act', { pipeline: name })}
      failedLabel={t('pipelines.delete.failed', { pipeline: name })}
      onConfirm={async () => {
        await api.call('deletePipeline', { params });
        props.onDeleted();
      }}
      onClose={props.onClose}
    />
  );
}
