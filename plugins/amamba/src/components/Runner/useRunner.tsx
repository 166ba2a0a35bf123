import { useRef, useState, type ReactNode } from 'react';
import type {
  ParameterValues,
  PipelineSummary,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { requestKey } from '../../hooks/requestKey';
import { useAct } from '../../hooks/useAct';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useToast } from '../../hooks/useToast';
import { useMayOn } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';
import { RunDialog, type Repeated } from './RunDialog';

/** A click so soon after a run was asked for is the second half of a double click. */
const DOUBLE_CLICK_MS = 1000;

/** The part of a pipeline that running it needs. */
export type Runnable = Pick<
  PipelineSummary,
  'name' | 'workspace' | 'hasParameters' | 'can' | 'sync'
>;

/** Starts runs of a pipeline. */
export interface Runner {
  /** why it cannot be run; undefined when it can */
  refused: string | undefined;
  busy: boolean;
  /** runs at once, or asks for parameters first */
  start: () => void;
  /** to be placed on the page: the dialog, when it is open */
  dialog: ReactNode;
}

/**
 * Starts runs of a pipeline: at once when it has no parameters, else by a dialog. A double click starts one.
 * @param options - `onStarted`: after a run was asked for. `engineProblem`: why the engine cannot run anything now.
 *   `repeated`: the run whose values the dialog starts with
 */
export function useRunner(
  pipeline: Runnable,
  options: {
    onStarted?: () => void;
    engineProblem?: string;
    repeated?: Repeated;
  } = {},
): Runner {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { here } = useAmambaRoutes();
  const { reason } = useMayOn(pipeline, 'amamba.run.start');
  const [open, setOpen] = useState(false);
  const key = useRef(requestKey());
  const startedAt = useRef(Number.NEGATIVE_INFINITY);
  const { name, workspace } = pipeline;

  const begin = async (parameters: ParameterValues) => {
    const run = await api.call('startRun', {
      params: { workspace, pipeline: name },
      body: { parameters, idempotencyKey: key.current },
    });
    key.current = requestKey();
    startedAt.current = Date.now();
    toast.done(
      run.number
        ? t('pipelines.run.started', { run: `${name} #${run.number}` })
        : t('pipelines.run.requested', { pipeline: name }),
      {
        label: t('pipelines.run.open'),
        href: here.run(workspace, name, run.number ?? run.id),
      },
    );
    options.onStarted?.();
  };
  const atOnce = useAct(async () => {
    try {
      await begin({});
    } catch (error) {
      toast.failed(t('pipelines.run.failed', { pipeline: name }), error);
    }
  });

  const missing =
    pipeline.sync.state === 'missing' || pipeline.sync.state === 'pending'
      ? t(`pipelines.sync.${pipeline.sync.state}`)
      : undefined;
  return {
    refused: reason ?? options.engineProblem ?? missing,
    busy: atOnce.busy,
    start: () => {
      if (pipeline.hasParameters) setOpen(true);
      else if (Date.now() - startedAt.current > DOUBLE_CLICK_MS) atOnce.run();
    },
    dialog: open && (
      <RunDialog
        pipeline={pipeline}
        repeated={options.repeated}
        onRun={begin}
        onClose={() => setOpen(false)}
      />
    ),
  };
}
