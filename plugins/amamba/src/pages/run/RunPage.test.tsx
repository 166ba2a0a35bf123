import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  Approval,
  RunDetail,
  RunStage,
  RunStep,
} from '@amamba/backstage-plugin-amamba-common';
import { giveElementsHeight } from '../../components/__testUtils__/elementSize';
import { FakeLog } from '../../components/LogViewer/__testUtils__/fakeLog';
import { aPipeline, aRun, VIEWER } from '../../__testUtils__/data';
import { FakeApi, refusal, type Answers } from '../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../__testUtils__/render';

const BASE = '/pipelines/team-a/pipeline/shop/runs';
const RUN = `/workbench${BASE}/42`;

function detail(values: Partial<RunDetail> = {}): RunDetail {
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

const APPROVAL: Approval = {
  id: 'Deploy',
  message: 'Deploy to prod?',
  okLabel: 'Proceed',
  stage: 'Deploy',
  approvers: [],
  parameters: [],
  mayDecide: true,
};

interface Options {
  run?: Partial<RunDetail>;
  log?: FakeLog;
  answers?: Answers;
}

function apiOf(options: Options): FakeApi {
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

function open(path: string, options: Options = {}) {
  const api = apiOf(options);
  return { api, user: userEvent.setup(), ...openWorkbench(path, api) };
}

describe('the page of a run', () => {
  giveElementsHeight(400);

  it('answers first: what, where, how long, why', async () => {
    open(`${BASE}/42`, {
      run: {
        error: 'CartTest.total: expected 12 but was 11\n  at CartTest.ts:41',
        tests: { total: 418, failed: 2, skipped: 12 },
        artifacts: 3,
        previous: 41,
        next: 43,
      },
    });
    expect(
      await screen.findByRole('heading', { level: 2, name: 'shop #42' }),
    ).toBeVisible();
    expect(
      screen.getByText('Failed in "Unit tests" after 6m 12s'),
    ).toBeVisible();
    expect(
      screen.getByText(/CartTest\.total: expected 12 but was 11/),
    ).toBeVisible();
    expect(screen.getByText('3f2a1c0')).toBeVisible();
    expect(screen.getByText('ENV=staging')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Tests 2/418' })).toHaveAttribute(
      'href',
      `${RUN}/tests`,
    );
    expect(screen.getByRole('link', { name: 'Show 2 tests' })).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Run #41, before this one' }),
    ).toBeVisible();
  });

  it('opens on the stage and step that failed, at the end of its log', async () => {
    const { api } = open(`${BASE}/42`);
    const log = await screen.findByRole('log', { name: 'Log of npm test' });
    expect(await within(log).findByText('last line')).toBeVisible();
    expect(api.asked('listRunSteps')[0].query).toEqual({ stage: '2' });
    expect(api.asked('getRunLog')[0].query).toMatchObject({
      node: 's2',
      tail: 'true',
    });
    expect(
      screen.getByRole('button', { name: /^Unit tests, failed/ }),
    ).toHaveAttribute('aria-current', 'true');
    expect(address()).toBe(RUN);
  });

  it('keeps what the reader chose in the address, and goes on from it', async () => {
    const { user } = open(`${BASE}/42?stage=1`);
    await user.click(await screen.findByRole('button', { name: /npm ci/ }));
    expect(address()).toBe(`${RUN}?stage=1&step=s1`);
    const log = await screen.findByRole('log', { name: 'Log of npm ci' });
    await user.click(within(log).getByRole('link', { name: 'Link to line 2' }));
    expect(address()).toBe(`${RUN}?stage=1&step=s1#L2`);
    await user.click(screen.getByRole('button', { name: /^Deploy/ }));
    expect(address()).toBe(`${RUN}?stage=3`);
    await user.click(
      screen.getByRole('button', { name: 'Whole log of the run' }),
    );
    expect(address()).toBe(`${RUN}?stage=~all`.replace('~', '%7E'));
    expect(
      await screen.findByRole('log', { name: /Whole log of the run/ }),
    ).toBeVisible();
  });

  it('opens at the line of the address', async () => {
    const text = Array.from({ length: 9000 }, (_, i) => `line ${i + 1}\n`);
    open(`${BASE}/42?stage=2&step=s2#L7000`, {
      log: new FakeLog(text.join('')),
    });
    const log = await screen.findByRole('log');
    expect(await within(log).findByText('line 7000')).toBeVisible();
  });

  it('goes from the tests to the line of the error', async () => {
    const { user } = open(`${BASE}/42/parameters`, {
      run: { error: 'FAIL CartTest' },
    });
    await user.click(await screen.findByRole('button', { name: 'Show line' }));
    await waitFor(() => expect(address()).toBe(`${RUN}?stage=2&step=s2#L2`));
  });

  it('replaces the id of a queued run by its number', async () => {
    const { id } = aRun();
    let run = detail({
      number: undefined,
      state: 'queued',
      startedAt: undefined,
      endedAt: undefined,
      durationMs: undefined,
      queueReason: 'Waiting for next available executor',
    });
    const { signals, api } = open(`${BASE}/${id}`, {
      answers: { getRun: () => run },
    });
    expect(await screen.findByText(/The run waits in the queue/)).toBeVisible();
    expect(
      screen.getByText('Waiting for next available executor'),
    ).toBeVisible();
    expect(api.asked('getRunLog')).toEqual([]);
    run = detail({
      state: 'running',
      durationMs: undefined,
      endedAt: undefined,
    });
    act(() =>
      signals.send({
        type: 'run',
        workspace: 'team-a',
        pipeline: 'shop',
        run: id,
      }),
    );
    await waitFor(() => expect(address()).toBe(RUN));
    expect(
      await screen.findByRole('heading', { level: 2, name: 'shop #42' }),
    ).toBeVisible();
  });

  it('cancels after saying what will happen', async () => {
    const cancelRun = jest.fn(() => detail({ state: 'running' }));
    const { user } = open(`${BASE}/42`, {
      run: { state: 'running', durationMs: undefined, endedAt: undefined },
      answers: { cancelRun },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Cancel run #42' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Cancel run #42?' });
    expect(dialog).toHaveTextContent('"Unit tests" is stopped.');
    expect(dialog).toHaveTextContent('Post actions still run.');
    expect(cancelRun).not.toHaveBeenCalled();
    await user.click(
      within(dialog).getByRole('button', { name: 'Cancel run #42' }),
    );
    await waitFor(() =>
      expect(cancelRun).toHaveBeenCalledWith(
        expect.objectContaining({ body: { force: 'stop' } }),
      ),
    );
    expect(
      await screen.findByRole('button', { name: 'Cancel requested' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('offers to cancel harder when the run goes on all the same', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const cancelRun = jest.fn(() => detail({ state: 'running' }));
    openWorkbench(
      `${BASE}/42`,
      apiOf({
        run: { state: 'running', durationMs: undefined, endedAt: undefined },
        answers: { cancelRun },
      }),
    );
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const names = [
      'Cancel run #42',
      'Cancel #42 without waiting for its step',
      'Kill #42',
    ];
    for (const name of names) {
      await user.click(await screen.findByRole('button', { name }));
      const dialog = screen.getByRole('dialog', { name: `${name}?` });
      await user.click(within(dialog).getByRole('button', { name }));
      await screen.findByRole('button', { name: 'Cancel requested' });
      act(() => jest.advanceTimersByTime(20_000));
    }
    expect(
      cancelRun.mock.calls.map((call: unknown[]) => call[0]),
    ).toMatchObject([
      { body: { force: 'stop' } },
      { body: { force: 'term' } },
      { body: { force: 'kill' } },
    ]);
    jest.useRealTimers();
  });

  it('reruns from a stage, once, and links to the new run', async () => {
    const rerun = jest.fn(() => aRun({ number: 44, state: 'queued' }));
    const { user, toasts } = open(`${BASE}/42`, {
      run: { restartableStages: ['Build', 'Unit tests'] },
      answers: { rerun },
    });
    await user.click(await screen.findByRole('button', { name: 'Rerun' }));
    await user.click(
      screen.getByRole('menuitem', { name: 'Restart from "Unit tests"' }),
    );
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(rerun).toHaveBeenCalledWith({
      params: { workspace: 'team-a', pipeline: 'shop', run: '42' },
      body: {
        fromStage: 'Unit tests',
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(toasts[0].links).toEqual([
      { label: 'Open run', href: `/workbench${BASE}/44` },
    ]);
  });

  it('says to a viewer why an act is not possible', async () => {
    const { user, api } = open(`${BASE}/42`, {
      answers: { getPipeline: () => aPipeline({ can: VIEWER }) },
    });
    const button = await screen.findByRole('button', { name: 'Rerun' });
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'true'),
    );
    await user.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'You need "amamba.run.start" in Team A. Ask Bo.',
    );
    await user.click(button);
    expect(api.asked('rerun')).toEqual([]);
  });

  it('decides on an approval, and says when somebody else did', async () => {
    let approvals = [APPROVAL, { ...APPROVAL, id: 'Other', message: 'Other?' }];
    const decide = jest.fn(() => {
      approvals = approvals.slice(1);
      return detail({ state: 'waiting', approvals });
    });
    const { user, signals } = open(`${BASE}/42`, {
      answers: {
        getRun: () => detail({ state: 'waiting', approvals }),
        decide,
      },
    });
    const first = await screen.findByRole('region', {
      name: 'Deploy to prod?',
    });
    await user.click(within(first).getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(first).not.toBeInTheDocument());
    const other = screen.getByRole('region', { name: 'Other?' });
    approvals = [];
    act(() =>
      signals.send({
        type: 'run',
        workspace: 'team-a',
        pipeline: 'shop',
        run: aRun().id,
      }),
    );
    expect(
      await within(other).findByText('This was decided meanwhile.'),
    ).toBeVisible();
    expect(
      within(other).queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('shows what was last seen while the engine is down, and acts on nothing', async () => {
    open(`${BASE}/42`, {
      run: {
        state: 'running',
        durationMs: undefined,
        endedAt: undefined,
        stale: { problem: 'Jenkins "ci" did not answer.' },
      },
    });
    await waitFor(() =>
      expect(
        screen.getByText(/Jenkins "ci" did not answer\./),
      ).toHaveTextContent(/^ci /),
    );
    expect(
      screen.getByRole('button', { name: 'Cancel run #42' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('says that there is no such run', async () => {
    open(`${BASE}/7`, {
      answers: { getRun: () => refusal(404, 'No run #7 of shop.') },
    });
    expect(await screen.findByText('No run #7 of shop.')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'All runs of shop' }),
    ).toHaveAttribute('href', '/workbench/pipelines/team-a/pipeline/shop');
  });

  it('shows failed tests first, new ones marked', async () => {
    const { api, user } = open(`${BASE}/42/tests`, {
      run: { tests: { total: 418, failed: 2, skipped: 12 } },
      answers: {
        getTestReport: () => ({
          summary: {
            total: 418,
            passed: 404,
            failed: 2,
            skipped: 12,
            regressions: 1,
            fixed: 0,
          },
          matching: 2,
          cases: [
            {
              id: '1',
              suite: 'jest',
              className: 'CartTest',
              name: 'total',
              status: 'regression',
              durationMs: 12,
              failingSince: 1,
              message: 'expected 12 but was 11',
              trace: 'at CartTest.ts:41',
            },
            {
              id: '2',
              suite: 'jest',
              className: 'PayTest',
              name: 'retry',
              status: 'failed',
              durationMs: 3,
              failingSince: 3,
              message: 'timeout',
            },
          ],
        }),
      },
    });
    expect(await screen.findByText('NEW')).toBeVisible();
    expect(api.asked('getTestReport')[0].query).toMatchObject({
      status: 'failed,regression',
    });
    expect(screen.getByText(/at CartTest\.ts:41/)).toBeVisible();
    expect(screen.getByText('failing for 3 runs')).toBeVisible();
    expect(screen.queryByText('timeout')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'PayTest.retry' }));
    expect(screen.getByText('timeout')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'New 1' }));
    await waitFor(() =>
      expect(api.asked('getTestReport').at(-1)?.query).toMatchObject({
        status: 'regression',
      }),
    );
    expect(address()).toBe(`${RUN}/tests?state=new`);
  });

  it('downloads an artifact with the token of the user', async () => {
    const { api, user } = open(`${BASE}/42/artifacts`, {
      answers: {
        listArtifacts: () => ({
          items: [
            {
              path: 'target/shop.jar',
              name: 'shop.jar',
              sizeBytes: 48_123_456,
            },
          ],
        }),
      },
    });
    const answer: Partial<Response> = { blob: async () => new Blob(['x']) };
    const stream = jest
      .spyOn(api, 'open')
      .mockResolvedValue(answer as Response);
    URL.createObjectURL = jest.fn(() => 'blob:x');
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => undefined);
    expect(await screen.findByText('46 MiB')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Download shop.jar' }));
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(stream).toHaveBeenCalledWith('downloadArtifact', {
      params: { workspace: 'team-a', pipeline: 'shop', run: '42' },
      query: { path: 'target/shop.jar' },
    });
    click.mockRestore();
  });
});
