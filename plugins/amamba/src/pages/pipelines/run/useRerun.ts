import { useRef } from 'react';
import { toError } from '@backstage/errors';
import { useAmambaApi } from '../../../api';
import { requestKey } from '../../../hooks/requestKey';
import { useAct } from '../../../hooks/useAct';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useToast } from '../../../hooks/useToast';
import { useAmambaTranslation } from '../../../translation';
import { useRun } from './runScope';

/** Repeats the run of the page: with the same parameters, or from a stage on. A double click starts one. */
export function useRerun(): { run(fromStage?: string): void; busy: boolean } {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { here } = useAmambaRoutes();
  const { params, refresh } = useRun();
  const key = useRef(requestKey());
  const act = useAct(async (fromStage?: string) => {
    const { workspace, pipeline } = params;
    try {
      const run = await api.call('rerun', {
        params,
        body: {
          ...(fromStage && { fromStage }),
          idempotencyKey: key.current,
        },
      });
      key.current = requestKey();
      toast.done(
        run.number
          ? t('pipelines.run.started', { run: `${pipeline} #${run.number}` })
          : t('pipelines.run.requested', { pipeline }),
        {
          label: t('pipelines.run.open'),
          href: here.run(workspace, pipeline, run.number ?? run.id),
        },
      );
      refresh();
    } catch (error) {
      toast.failed(t('pipelines.run.failed', { pipeline }), toError(error));
    }
  });
  return { run: fromStage => void act.run(fromStage), busy: act.busy };
}
