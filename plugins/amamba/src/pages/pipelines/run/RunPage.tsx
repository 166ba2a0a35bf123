import { isPipelineChange } from '@amamba/backstage-plugin-amamba-common';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  Route,
  Routes,
  useLocation,
  useNavigate,
  useParams,
} from 'react-router-dom';
import { Link } from '@backstage/core-components';
import type {
  Approval,
  RunDetail,
  RunGraph,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ApprovalPanel } from '../../../components/Approval';
import { StalenessBanner } from '../../../components/Banner';
import { PageTabs } from '../../../components/Page';
import { EmptyState, LiveView } from '../../../components/States';
import { useLanguage } from '../../../components/Time';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useLive, type Live } from '../../../hooks/useLive';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { ArtifactsView } from './ArtifactsView';
import { ChangesView } from './ChangesView';
import { ParametersView } from './ParametersView';
import { RunError } from './RunError';
import { RunHeader } from './RunHeader';
import { isFinished, RunProvider, useRun, type RunScope } from './runScope';
import { StagesView } from './StagesView';
import { TestsView } from './TestsView';

/**
 * The page of one run.
 * @param props.run - number of the run, or its id while it has none
 */
export default function RunPage(props: { pipeline: string; run: string }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { here } = useAmambaRoutes();
  const workspace = useWorkspace().name;
  const { pipeline, run: key } = props;
  const params = useMemo(
    () => ({ workspace, pipeline, run: key }),
    [workspace, pipeline, key],
  );
  const id = `${workspace}/${pipeline}/${key}`;
  const known = useRef<string>();
  const live = useLive(
    async signal => {
      const run = await api.call('getRun', { params }, { signal });
      known.current = run.id;
      return run;
    },
    {
      key: id,
      identity: id,
      matches: change =>
        isPipelineChange(change, workspace, pipeline) &&
        (known.current === undefined || change.run === known.current),
    },
  );
  useNumberInAddress(key, live.data);
  return (
    <LiveView
      live={live}
      failed={t('runs.failed')}
      back={
        <Link to={here.pipeline(workspace, pipeline)}>
          {t('runs.toPipeline', { pipeline })}
        </Link>
      }
    >
      {run => (
        <Run
          key={run.id}
          live={live}
          scope={{
            params,
            run,
            finished: isFinished(run),
            refresh: live.retry,
          }}
        />
      )}
    </LiveView>
  );
}

/** A queued run has an id only; as soon as it has a number, the address says that. */
function useNumberInAddress(key: string, run: RunDetail | undefined): void {
  const location = useLocation();
  const navigate = useNavigate();
  const number = run?.id === key ? run.number : undefined;
  useEffect(() => {
    if (number === undefined) return;
    const pathname = location.pathname.replace(
      `/runs/${encodeURIComponent(key)}`,
      `/runs/${number}`,
    );
    navigate({ ...location, pathname }, { replace: true });
  }, [number, key, location, navigate]);
}

function Run(props: { scope: RunScope; live: Live<RunDetail> }) {
  const { scope, live } = props;
  const { run, params, finished } = scope;
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const navigate = useNavigate();
  const { here } = useAmambaRoutes();
  const { '*': view = '' } = useParams();
  const [goToError, setGoToError] = useState(false);
  const onWentToError = useCallback(() => setGoToError(false), []);

  const pipeline = useLive(
    signal =>
      api.call(
        'getPipeline',
        { params: { workspace: params.workspace, pipeline: params.pipeline } },
        { signal },
      ),
    { key: params.pipeline, identity: params.pipeline, watch: false },
  );
  const graph = useLive<RunGraph>(
    signal => api.call('getRunGraph', { params }, { signal }),
    {
      // the last state of the stages comes with the last state of the run
      key: `${run.id} ${run.state}`,
      identity: run.id,
      watch: !finished,
      matches: change => change.type === 'run' && change.run === run.id,
    },
  );
  const stages = here.run(params.workspace, params.pipeline, params.run);
  return (
    <RunProvider value={scope}>
      <RunHeader live={live} pipeline={pipeline.data} view={view} />
      <StalenessBanner
        warnings={
          run.stale && [
            {
              source: pipeline.data?.engine ?? '',
              message: run.stale.problem,
              since: run.stale.since,
            },
          ]
        }
        onRetry={live.retry}
      />
      <Approvals onDecided={live.retry} />
      <RunError
        onShowLine={() => {
          setGoToError(true);
          navigate(stages, { replace: view === '' });
        }}
      />
      <RunTabs />
      <Routes>
        <Route
          index
          element={
            <StagesView
              graph={graph}
              goToError={goToError}
              onWentToError={onWentToError}
            />
          }
        />
        <Route path="tests" element={<TestsView />} />
        <Route path="artifacts" element={<ArtifactsView />} />
        <Route path="changes" element={<ChangesView />} />
        <Route path="parameters" element={<ParametersView />} />
        <Route path="*" element={<EmptyState title={t('common.notFound')} />} />
      </Routes>
    </RunProvider>
  );
}

/** Decisions that the run waits for, and those that were taken while the reader looked at them. */
function Approvals(props: { onDecided: () => void }) {
  const { run, params } = useRun();
  const [seen, setSeen] = useState<Approval[]>([]);
  const [own, setOwn] = useState<ReadonlySet<string>>(new Set());
  const open = run.approvals;
  const all = [
    ...open,
    ...seen.filter(
      old => !own.has(old.id) && open.every(({ id }) => id !== old.id),
    ),
  ];
  useEffect(() => {
    setSeen(before => [
      ...before.filter(old => open.every(({ id }) => id !== old.id)),
      ...open,
    ]);
  }, [open]);
  return (
    <>
      {all.map(approval => (
        <ApprovalPanel
          key={approval.id}
          workspace={params.workspace}
          pipeline={params.pipeline}
          run={params.run}
          approval={approval}
          decided={!open.some(({ id }) => id === approval.id)}
          onDecided={() => {
            setOwn(before => new Set(before).add(approval.id));
            props.onDecided();
          }}
        />
      ))}
    </>
  );
}

function RunTabs() {
  const { t } = useAmambaTranslation();
  const number = new Intl.NumberFormat(useLanguage());
  const { here } = useAmambaRoutes();
  const { run, params } = useRun();
  const to = (view?: 'tests' | 'artifacts' | 'changes' | 'parameters') =>
    here.run(params.workspace, params.pipeline, params.run, view);
  const { tests, artifacts } = run;
  const given = Object.keys(run.parameters).length;
  return (
    <PageTabs
      label={t('runs.views')}
      tabs={[
        { label: t('runs.tabs.stages'), to: to(), end: true },
        {
          label: tests
            ? t('runs.tabs.testsOf', {
                failed: number.format(tests.failed),
                total: number.format(tests.total),
              })
            : t('runs.tabs.tests'),
          to: to('tests'),
        },
        {
          label: artifacts
            ? t('runs.tabs.artifactsOf', { n: number.format(artifacts) })
            : t('runs.tabs.artifacts'),
          to: to('artifacts'),
        },
        { label: t('runs.tabs.changes'), to: to('changes') },
        {
          label: given
            ? t('runs.tabs.parametersOf', { n: number.format(given) })
            : t('runs.tabs.parameters'),
          to: to('parameters'),
        },
      ]}
    />
  );
}
