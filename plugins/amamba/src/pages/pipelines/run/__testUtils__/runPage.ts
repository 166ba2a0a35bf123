import userEvent from '@testing-library/user-event';
import type {
  Approval,
  RunDetail,
  RunStage,
  RunStep,
} from '@amamba/backstage-plugin-amamba-common';
import { FakeLog } from '../../../../components/LogViewer/__testUtils__/fakeLog';
import { aPipeline, aRun } from '../../../../__testUtils__/data';
import { FakeApi, type Answers } from '../../../../__testUtils__/FakeApi';
import { openWorkbench } from '../../../../__testUtils__/render';

/** Below the workbench. */
export const BASE = '/pipelines/team-a/pipeline/shop/runs';
/** The address of the run. */
export const RUN = `/workbench${BASE}/42`;

/** A run that failed in its unit tests, as its page gets it. */
export function detail(values: Partial<RunDetail> = {}): RunDetail {
  return {
    ...aRun(),
    pipeline: 'shop',
    approvals: [],
    restartableStages: [],
    ...values,
  };
}

const stage = (
  id: string,
  name: string,
  state: RunStage['state'],
  more: Partial<RunStage> = {},
): RunStage => ({ id, name, kind: 'stage', state, children: [], ...more });

const STAGES = [
  stage('1', 'Build', 'succeeded'),
  stage('2', 'Unit tests', 'failed'),
  stage('3', 'Deploy', 'skipped'),
];

const step = (id: string, title: string, state: RunStep['state']): RunStep => ({
  id,
  stageId: '2',
  name: 'Shell Script',
  title,
  state,
  hasLog: true,
});

const STEPS = [
  step('s1', 'npm ci', 'succeeded'),
  step('s2', 'npm test', 'failed'),
];

/** A decision that the reader may take. */
export const APPROVAL: Approval = {
  id: 'Deploy',
  message: 'Deploy to prod?',
  okLabel: 'Proceed',
  stage: 'Deploy',
  approvers: [],
  parameters: [],
  mayDecide: true,
};

/** What the backend says of the run. */
interface Options {
  run?: Partial<RunDetail>;
  log?: FakeLog;
  answers?: Answers;
}

/** A backend with one run. */
export function apiOf(options: Options): FakeApi {
  const { log = new FakeLog('first line\nFAIL CartTest\nlast line\n') } =
    options;
  return new FakeApi({
    getPipeline: () => aPipeline(),
    getRun: () => detail(options.run),
    getRunGraph: () => ({ stages: STAGES, complete: true }),
    listRunSteps: () => ({ items: STEPS }),
    getRunLog: ({ query = {} }) =>
      log.read({
        start: Number(query.start ?? 0),
        ...(query.line ? { line: Number(query.line) } : {}),
        tail: query.tail === 'true',
      }),
    searchRunLog: ({ query }) =>
      log.search({
        q: query?.q ?? '',
        regex: query?.regex === 'true',
        matchCase: query?.matchCase === 'true',
      }),
    ...options.answers,
  });
}

/** Opens a page of the workbench with that backend. */
export function openRun(path: string, options: Options = {}) {
  const api = apiOf(options);
  return { api, user: userEvent.setup(), ...openWorkbench(path, api) };
}
