import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anApproval,
  anOverview,
  anOverviewRun,
  aWorkspace,
} from '../../__testUtils__/data';
import { FakeApi, refusal } from '../../__testUtils__/FakeApi';
import {
  aNamespaceSummary,
  namespacePage,
} from '../../__testUtils__/namespaces';
import { address, openWorkbench } from '../../__testUtils__/render';

jest.mock('../../components/Approval', () => ({
  ApprovalPanel: (props: { approval: { message: string } }) => (
    <p>Decide: {props.approval.message}</p>
  ),
}));

const block = (name: RegExp) => screen.findByRole('region', { name });

describe('the overview of a workspace', () => {
  it('says first what waits, then what is broken, then what runs', async () => {
    const api = new FakeApi({
      getOverview: () =>
        anOverview({
          waiting: [
            {
              run: anOverviewRun({ state: 'waiting' }),
              approval: anApproval(),
            },
          ],
          broken: [
            anOverviewRun({
              pipeline: 'pay',
              number: 7,
              error: 'registry refused the pull',
            }),
          ],
          running: [
            anOverviewRun({
              id: 'r',
              pipeline: 'cart',
              number: 9,
              state: 'running',
              typicalDurationMs: 420_000,
              startedAt: new Date(Date.now() - 250_000).toISOString(),
            }),
          ],
          results: [
            {
              workspace: 'team-a',
              pipeline: 'shop',
              recent: ['failed', 'succeeded', 'succeeded', 'succeeded'],
            },
          ],
          counts: { pipelines: 3, waiting: 1, broken: 25, running: 1 },
        }),
    });
    openWorkbench('/overview/team-a', api);
    const waiting = await block(/^Waiting for you 1/);
    expect(within(waiting).getByText('“Deploy to prod?”')).toBeInTheDocument();
    const broken = await block(/^Broken now 25/);
    expect(broken).toHaveTextContent('registry refused the pull');
    expect(within(broken).getByText('and 24 more')).toBeInTheDocument();
    expect(
      within(broken).getByRole('link', { name: /pay #7/ }),
    ).toHaveAttribute(
      'href',
      '/workbench/pipelines/team-a/pipeline/pay/runs/7',
    );
    const running = await block(/^Running 1/);
    expect(within(running).getByRole('progressbar')).toHaveAccessibleName(
      /of about 7 min/,
    );
    expect(await block(/^Results/)).toHaveTextContent('75%');

    const headings = screen
      .getAllByRole('heading', { level: 3 })
      .map(h => h.textContent);
    expect(headings).toEqual([
      'Waiting for you 1',
      'Broken now 25',
      'Running 1',
      'Results',
    ]);

    await userEvent.click(
      within(waiting).getByRole('button', { name: 'Review shop #42' }),
    );
    expect(
      await screen.findByText('Decide: Deploy to prod?'),
    ).toBeInTheDocument();
  });

  it('keeps one grey line for each empty block', async () => {
    openWorkbench(
      '/overview/team-a',
      new FakeApi({ getOverview: () => anOverview() }),
    );
    expect(
      await screen.findByText('Nothing waits for you.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Nothing is broken.')).toBeInTheDocument();
    expect(screen.getByText('Nothing is running.')).toBeInTheDocument();
  });

  it('names a source that did not answer', async () => {
    openWorkbench(
      '/overview/team-a',
      new FakeApi({
        getOverview: () =>
          anOverview({
            warnings: [{ source: 'jenkins:ci', message: 'No answer.' }],
          }),
      }),
    );
    expect(await screen.findByText('jenkins:ci')).toBeInTheDocument();
  });

  it('says what failed', async () => {
    openWorkbench(
      '/overview/team-a',
      new FakeApi({ getOverview: () => refusal(500, 'Broken.') }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The overview could not be loaded. Broken.',
    );
  });

  it('shows all workspaces of the reader, each row with its own', async () => {
    const api = new FakeApi({
      getOverview: () =>
        anOverview({
          broken: [anOverviewRun({ workspace: 'team-b' })],
          counts: { pipelines: 1, waiting: 0, broken: 1, running: 0 },
        }),
    });
    openWorkbench('/overview/~all', api);
    expect(
      await screen.findByRole('link', { name: /team-b \/ shop #42/ }),
    ).toBeInTheDocument();
    expect(api.asked('getOverview')[0].params).toEqual({ workspace: '~all' });
    expect(api.asked('getWorkspace')).toHaveLength(0);
  });
});

describe('workspaces', () => {
  const teams = {
    items: [
      aWorkspace({ name: 'other', role: undefined }),
      aWorkspace(),
      aWorkspace({ name: 'team-b', title: 'Team B' }),
    ],
  };

  it('goes to the first in which the reader has a role when none was visited', async () => {
    openWorkbench(
      '',
      new FakeApi({
        listWorkspaces: () => teams,
        getOverview: () => anOverview(),
      }),
    );
    expect(await screen.findByText('Nothing is broken.')).toBeInTheDocument();
    expect(address()).toBe('/workbench/overview/team-a');
  });

  it('keeps the room and drops the filters when another is chosen', async () => {
    const api = new FakeApi({
      listWorkspaces: () => teams,
      getWorkspace: ({ params }) => aWorkspace({ name: params.workspace }),
      listPipelines: () => ({ items: [], total: 0, warnings: [] }),
    });
    openWorkbench('/pipelines/team-a?q=x', api);
    await screen.findByText('No pipeline matches the filters.');
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Team B' }),
    );
    expect(address()).toBe('/workbench/pipelines/team-b');
  });

  it('explains when the reader is in none', async () => {
    openWorkbench(
      '/overview',
      new FakeApi({ listWorkspaces: () => ({ items: [] }) }),
    );
    expect(
      await screen.findByText('You are in no workspace.'),
    ).toBeInTheDocument();
  });

  it('offers others when one does not exist', async () => {
    openWorkbench(
      '/overview/nope',
      new FakeApi({
        getWorkspace: () =>
          refusal(404, 'There is no workspace "nope" for you.'),
      }),
    );
    expect(
      await screen.findByText('There is no workspace "nope" for you.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('textbox', { name: 'Workspace' }),
    ).toBeInTheDocument();
  });

  it('warns of quotas that are nearly used up', async () => {
    openWorkbench(
      '/overview/team-a',
      new FakeApi({
        getOverview: () => anOverview(),
        listNamespaces: () =>
          namespacePage([
            aNamespaceSummary({
              quota: [
                { key: 'requests.cpu', hard: '8', used: '7200m', share: 0.9 },
                { key: 'pods', hard: '10', used: '1', share: 0.1 },
              ],
            }),
          ]),
      }),
    );
    expect(
      await screen.findByText('CPU requested 7.2 of 8, 90%'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'prod-a' })).toHaveAttribute(
      'href',
      '/workbench/namespaces/team-a/namespace/east/prod-a',
    );
  });

  it('shows its keys on a question mark', async () => {
    openWorkbench(
      '/overview/team-a',
      new FakeApi({
        getOverview: () => anOverview(),
        listPipelines: () => ({ items: [], total: 0, warnings: [] }),
      }),
    );
    await screen.findByText('Nothing is broken.');
    await userEvent.keyboard('?');
    const help = await screen.findByRole('dialog', {
      name: 'Keyboard shortcuts',
    });
    expect(
      within(help).getByRole('row', { name: 'g p Pipelines' }),
    ).toBeInTheDocument();
    await userEvent.click(within(help).getByRole('button', { name: 'Close' }));
    await userEvent.keyboard('gp');
    expect(await screen.findByText('No pipelines yet.')).toBeInTheDocument();
  });
});
