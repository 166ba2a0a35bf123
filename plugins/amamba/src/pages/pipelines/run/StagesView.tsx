import Button from '@material-ui/core/Button';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import ArrowBack from '@material-ui/icons/ArrowBack';
import { lazy, Suspense, useCallback } from 'react';
import type {
  RunGraph,
  RunStage,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import {
  EmptyState,
  ErrorPanel,
  LiveView,
  Loading,
} from '../../../components/States';
import { useShortcut } from '../../../hooks/shortcuts';
import { useLive, type Live } from '../../../hooks/useLive';
import { useStored } from '../../../hooks/useStored';
import { useAmambaTranslation } from '../../../translation';
import { RunLog } from './RunLog';
import { useRun } from './runScope';
import { nextFailed, pickStep, WHOLE } from './selection';
import { Splitter } from './Splitter';
import { StepList } from './StepList';
import { useSelection, type Selection } from './useSelection';

const StageGraph = lazy(() =>
  import('../../../components/StageGraph').then(module => ({
    default: module.StageGraph,
  })),
);

/** Share of the window that the graph takes at most. */
const GRAPH_SHARE = 0.4;
const MIN_GRAPH = 100;
const MIN_STEPS = 160;
const MAX_STEPS = 560;
const PRESET_STEPS = 260;

const useStyles = makeStyles(theme => ({
  panes: {
    display: 'flex',
    gap: theme.spacing(0.5),
    height: '75vh',
    minHeight: 320,
  },
  log: { flex: 1, minWidth: 0 },
}));

/**
 * Stages, the steps of the selected one, and the log of the selected step.
 * @param props.goToError - show the first error of what failed
 */
export function StagesView(props: {
  graph: Live<RunGraph>;
  goToError: boolean;
  onWentToError: () => void;
}) {
  const { t } = useAmambaTranslation();
  const { run } = useRun();
  const { graph } = props;
  if (run.state === 'queued') {
    return (
      <EmptyState title={t('runs.notStarted')}>{run.queueReason}</EmptyState>
    );
  }
  return (
    <LiveView live={graph} failed={t('runs.graphFailed')}>
      {({ stages }) => (
        <Stages
          stages={stages}
          goToError={props.goToError}
          onWentToError={props.onWentToError}
        />
      )}
    </LiveView>
  );
}

function Stages(props: {
  stages: RunStage[];
  goToError: boolean;
  onWentToError: () => void;
}) {
  const { t } = useAmambaTranslation();
  const { params, finished } = useRun();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const { stages } = props;
  const selection = useSelection(stages);
  const { stage, chosen } = selection;
  const maxGraph = Math.round(window.innerHeight * GRAPH_SHARE);
  const [graphHeight, setGraphHeight] = useStored(
    `run.graph.${params.workspace}/${params.pipeline}`,
    maxGraph,
  );
  const failed = nextFailed(stages, stage?.id);
  useShortcut(
    'n',
    t('runs.nextFailed'),
    failed && (() => selection.selectStage(failed.id)),
  );

  const showStages = !narrow || !chosen;
  const height = Math.min(graphHeight, maxGraph);
  return (
    <>
      {showStages && stages.length > 0 && (
        <>
          <Suspense fallback={<Loading rows={2} />}>
            <StageGraph
              stages={stages}
              live={!finished}
              selected={stage?.id}
              maxHeight={narrow ? window.innerHeight : height}
              onSelect={selection.selectStage}
            >
              <Button
                size="small"
                variant={stage ? 'text' : 'outlined'}
                aria-pressed={!stage}
                onClick={() => selection.selectStage(undefined)}
              >
                {t('runs.wholeRun')}
              </Button>
            </StageGraph>
          </Suspense>
          {!narrow && (
            <Splitter
              orientation="horizontal"
              label={t('runs.graphHeight')}
              value={height}
              min={MIN_GRAPH}
              max={maxGraph}
              onChange={setGraphHeight}
            />
          )}
        </>
      )}
      {narrow && chosen && (
        <Button size="small" startIcon={<ArrowBack />} onClick={selection.back}>
          {t('runs.back')}
        </Button>
      )}
      {(!narrow || chosen || stages.length === 0) && (
        <StagePanes
          key={stage?.id ?? WHOLE}
          stage={stage}
          selection={selection}
          narrow={narrow}
          goToError={props.goToError}
          onWentToError={props.onWentToError}
        />
      )}
    </>
  );
}

/** The steps of a stage beside the log; for the whole run the log alone. */
function StagePanes(props: {
  stage: RunStage | undefined;
  selection: Selection;
  narrow: boolean;
  goToError: boolean;
  onWentToError: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { params, run, finished } = useRun();
  const { stage, selection, narrow } = props;
  const [stepsWidth, setStepsWidth] = useStored('run.steps', PRESET_STEPS);
  const steps = useLive(
    signal =>
      stage
        ? api.call(
            'listRunSteps',
            { params, query: { stage: stage.id } },
            { signal },
          )
        : Promise.resolve({ items: [] }),
    {
      key: `${params.run} ${stage?.id} ${stage?.state}`,
      identity: `${params.run} ${stage?.id}`,
      watch: !finished && stage !== undefined,
      matches: change => change.type === 'run' && change.run === run.id,
    },
  );
  const items = steps.data?.items ?? [];
  const picked = pickStep(items)?.id ?? WHOLE;
  const wanted = selection.step;
  const stepId =
    wanted === WHOLE || items.some(({ id }) => id === wanted)
      ? (wanted ?? picked)
      : picked;
  const step = items.find(({ id }) => id === stepId);
  const { setLines, pin, selectStep } = selection;
  const stageId = stage?.id;
  const onLines = useCallback(
    (lines: Parameters<typeof setLines>[2]) => setLines(stageId, stepId, lines),
    [setLines, stageId, stepId],
  );
  const onReader = useCallback(
    () => pin(stageId, stepId),
    [pin, stageId, stepId],
  );

  if (steps.loading) return <Loading rows={6} />;
  const showSteps = stage !== undefined && (!narrow || wanted === undefined);
  const showLog = !narrow || wanted !== undefined || stage === undefined;
  const logState = step?.state ?? stage?.state;
  return (
    <>
      {steps.error && (
        <ErrorPanel
          title={t('runs.stepsFailed')}
          error={steps.error}
          onRetry={steps.retry}
        />
      )}
      <div className={classes.panes}>
        {showSteps && (
          <div style={{ width: narrow ? '100%' : stepsWidth, flex: 'none' }}>
            <StepList
              label={t('runs.stepsOf', { stage: stage.name })}
              steps={items}
              selected={stepId}
              onSelect={id => selectStep(stageId, id)}
            />
          </div>
        )}
        {showSteps && !narrow && (
          <Splitter
            orientation="vertical"
            label={t('runs.stepsWidth')}
            value={stepsWidth}
            min={MIN_STEPS}
            max={MAX_STEPS}
            onChange={setStepsWidth}
          />
        )}
        {showLog && (
          <div className={classes.log}>
            <RunLog
              key={stepId}
              node={step?.id ?? stageId}
              title={
                step?.title ?? step?.name ?? stage?.name ?? t('runs.wholeRun')
              }
              running={
                logState === undefined
                  ? !finished
                  : !finished &&
                    ['running', 'waiting', 'queued', 'notStarted'].includes(
                      logState,
                    )
              }
              failed={(logState ?? run.state) === 'failed'}
              lines={selection.lines}
              onLines={onLines}
              q={selection.q}
              onQuery={selection.setQuery}
              onReader={onReader}
              goToError={props.goToError}
              onWentToError={props.onWentToError}
            />
          </div>
        )}
      </div>
    </>
  );
}
