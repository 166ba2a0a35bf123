import { useState } from 'react';
import type { PipelineSummary } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { MenuButton, type MenuEntry } from '../../../components/Action';
import { useAct } from '../../../hooks/useAct';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useMayOn } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { DeletePipelineDialog } from './DeletePipelineDialog';

/** The part of a pipeline that its menu needs. */
export type MenuPipeline = Pick<
  PipelineSummary,
  'name' | 'workspace' | 'can' | 'entityRef'
> & { engineUrl?: string };

/**
 * The acts on a pipeline that have no button of their own.
 * @param props.onChanged - after one of them changed the pipeline
 * @param props.onDeleted - after it was deleted; default: as changed
 */
export function PipelineMenu(props: {
  pipeline: MenuPipeline;
  onChanged: () => void;
  onDeleted?: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { here, place, workbench } = useAmambaRoutes();
  const { pipeline, onChanged } = props;
  const { name, workspace } = pipeline;
  const update = useMayOn(pipeline, 'amamba.pipeline.update');
  const remove = useMayOn(pipeline, 'amamba.pipeline.delete');
  const [deleting, setDeleting] = useState(false);
  const sync = useAct(async () => {
    try {
      await api.call('syncPipeline', { params: { workspace, pipeline: name } });
      toast.done(t('pipelines.synced', { pipeline: name }));
    } catch (error) {
      toast.failed(t('pipelines.syncFailed', { pipeline: name }), error);
    }
    onChanged();
  });
  const entries: MenuEntry[] = [
    {
      label: t('pipelines.settings.edit'),
      act: here.pipeline(workspace, name, 'settings/edit'),
      refused: update.reason,
    },
    {
      label: t('pipelines.syncAct'),
      act: () => sync.run(),
      refused: update.reason,
    },
    ...(place === 'entity'
      ? [
          {
            label: t('pipelines.inWorkbench'),
            act: workbench.pipeline(workspace, name),
          },
        ]
      : []),
    {
      label: t('pipelines.delete.act', { pipeline: name }),
      act: () => setDeleting(true),
      refused: remove.reason,
    },
  ];
  return (
    <>
      <MenuButton
        label={t('pipelines.more', { pipeline: name })}
        entries={entries}
      />
      {deleting && (
        <DeletePipelineDialog
          pipeline={pipeline}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            toast.done(t('pipelines.delete.done', { pipeline: name }));
            (props.onDeleted ?? onChanged)();
          }}
        />
      )}
    </>
  );
}
