import {
  isPipelineChange,
  type Pipeline,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ConfirmLive } from '../../../components/Confirm';
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
  return (
    <ConfirmLive
      live={live}
      failed={t('pipelines.loadFailed')}
      destructive
      onClose={props.onClose}
    >
      {pipeline => ({
        title: t('pipelines.delete.title', { pipeline: name }),
        ...losses(t, pipeline),
        typeName: name,
        confirmLabel: t('pipelines.delete.act', { pipeline: name }),
        failedLabel: t('pipelines.delete.failed', { pipeline: name }),
        onConfirm: async () => {
          await api.call('deletePipeline', { params });
          props.onDeleted();
        },
      })}
    </ConfirmLive>
  );
}
