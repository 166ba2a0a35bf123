import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anApplicationRow,
  applicationPage,
  CANNOT_PULL,
  NO_NAMESPACES,
} from '../../../__testUtils__/applications';
import { aWorkspace, VIEWER } from '../../../__testUtils__/data';
import { FakeApi, refusal, type Answers } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';

const PATH = '/applications/team-a';
const pay = anApplicationRow({ health: CANNOT_PULL, ready: 0, desired: 2 });
const shop = anApplicationRow({ name: 'shop', title: 'shop', kind: 'helm' });

function fake(answers: Answers): FakeApi {
  return new FakeApi({
    listNamespaces: () => NO_NAMESPACES,
    ...answers,
  });
}

describe('the list of applications', () => {
  it('asks for what needs attention first, and says why in words', async () => {
    const api = fake({ listApplications: () => applicationPage([pay, shop]) });
    openWorkbench(PATH, api);
    const row = (await screen.findByRole('rowheader', { name: /pay/ })).closest(
      'tr',
    )!;
    expect(within(row).getByRole('link', { name: 'pay' })).toHaveAttribute(
      'href',
      '/workbench/applications/team-a/application/east/prod/deployment/pay',
    );
    expect(within(row).getByText('Degraded')).toBeInTheDocument();
    expect(
      within(row).getByText(
        'The registry refused the pull of pay:2.1: denied.',
      ),
    ).toBeInTheDocument();
    expect(within(row).getByText('0/2')).toBeInTheDocument();
    expect(within(row).getByText('store/pay:2.1')).toBeInTheDocument();
    expect(within(row).getAllByText('prod')).toHaveLength(2);
    expect(api.asked('listApplications')[0].query).toMatchObject({
      sort: 'health',
    });
  });

  it('asks for what the address says, and leaves out what nobody knows', async () => {
    const api = fake({ listApplications: () => applicationPage([pay]) });
    openWorkbench(
      `${PATH}?q=pa&kind=helm,bogus&health=failed&cluster=east&ns=prod&sort=-created&after=c1`,
      api,
    );
    await screen.findByRole('link', { name: 'pay' });
    expect(api.asked('listApplications')[0]).toMatchObject({
      params: { workspace: 'team-a' },
      query: {
        q: 'pa',
        kind: 'helm',
        health: 'failed',
        cluster: 'east',
        ns: 'prod',
        sort: '-created',
        after: 'c1',
      },
    });
  });

  it('sorts on the server', async () => {
    const api = fake({ listApplications: () => applicationPage([pay, shop]) });
    openWorkbench(PATH, api);
    await userEvent.click(await screen.findByRole('button', { name: 'Name' }));
    expect(address()).toContain('sort=name');
    await userEvent.click(screen.getByRole('button', { name: 'Name' }));
    await waitFor(() => expect(address()).toContain('sort=-name'));
  });

  it('filters by a count', async () => {
    const api = fake({
      listApplications: () =>
        applicationPage([pay, shop], { counts: { failed: 1, ok: 1234 } }),
    });
    openWorkbench(PATH, api);
    const counts = await screen.findByRole('list', {
      name: 'Applications by health',
    });
    expect(within(counts).getAllByRole('button')).toHaveLength(2);
    await userEvent.click(
      within(counts).getByRole('button', { name: 'Healthy 1,234' }),
    );
    expect(address()).toContain('health=ok');
    await userEvent.click(
      within(counts).getByRole('button', { name: 'Healthy 1,234' }),
    );
    expect(address()).not.toContain('health');
  });

  it('names a cluster that is away beside the rows, with the age of what is shown', async () => {
    openWorkbench(
      PATH,
      fake({
        listApplications: () =>
          applicationPage([anApplicationRow({ ageMs: 23 * 60_000 })], {
            warnings: [
              {
                source: 'cluster:east',
                message: 'No answer.',
                since: '2026-11-03T13:40:00Z',
              },
            ],
          }),
      }),
    );
    expect(await screen.findByText('cluster:east')).toBeInTheDocument();
    expect(screen.getByText(/As of/)).toHaveTextContent('As of 23 min ago');
  });

  it('says how to begin when nothing runs, and to a viewer who can', async () => {
    const api = fake({ listApplications: () => applicationPage([]) });
    openWorkbench(PATH, api);
    expect(
      await screen.findByText(
        'Nothing runs in the namespaces of this workspace yet.',
      ),
    ).toBeInTheDocument();
    for (const link of screen.getAllByRole('link', {
      name: 'New application',
    })) {
      expect(link).toHaveAttribute(
        'href',
        '/workbench/applications/team-a/new',
      );
    }
  });

  it('tells a viewer who can create one', async () => {
    openWorkbench(
      PATH,
      fake({
        getWorkspace: () => aWorkspace({ can: VIEWER }),
        listApplications: () => applicationPage([]),
      }),
    );
    expect(
      await screen.findByText(
        'You need "amamba.application.create" in Team A. Ask Bo.',
      ),
    ).toBeInTheDocument();
  });

  it('takes filters away when nothing fits them', async () => {
    openWorkbench(
      `${PATH}?health=failed`,
      fake({
        listApplications: ({ query }) =>
          applicationPage(query?.health ? [] : [shop]),
      }),
    );
    expect(
      await screen.findByText('No application matches the filters.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[1],
    );
    expect(
      await screen.findByRole('link', { name: 'shop' }),
    ).toBeInTheDocument();
  });

  it('says what failed and tries again', async () => {
    const api = fake({
      listApplications: () => refusal(503, 'No cluster answers.'),
    });
    openWorkbench(PATH, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The applications could not be loaded. No cluster answers.',
    );
    api.answer({ listApplications: () => applicationPage([shop]) });
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('link', { name: 'shop' }),
    ).toBeInTheDocument();
  });

  it('follows changes in the namespaces of the workspace, and no others', async () => {
    const api = fake({ listApplications: () => applicationPage([pay]) });
    const { signals } = openWorkbench(PATH, api);
    await screen.findByText('Degraded');
    api.answer({
      listApplications: () => applicationPage([anApplicationRow({ ready: 2 })]),
    });
    const change = {
      type: 'namespace' as const,
      cluster: 'east',
      namespace: 'prod',
      kinds: ['Pod'],
    };
    act(() => signals.send({ ...change, workspace: 'team-b' }));
    act(() => signals.send({ ...change, workspace: 'team-a' }));
    expect(
      await screen.findByText('Healthy', {}, { timeout: 3000 }),
    ).toBeInTheDocument();
    expect(api.asked('listApplications')).toHaveLength(2);
  });
});
