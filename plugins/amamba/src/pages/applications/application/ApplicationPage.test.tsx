import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Topology } from '@amamba/backstage-plugin-amamba-common';
import {
  aDeployment,
  anApplication,
  aPod,
  CANNOT_PULL,
  WELL,
} from '../../../__testUtils__/applications';
import { VIEWER } from '../../../__testUtils__/data';
import { FakeApi, refusal, type Answers } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';

const PATH = '/applications/team-a/application/east/prod/deployment/pay';

const broken = anApplication({
  health: CANNOT_PULL,
  ready: 0,
  resources: [aDeployment({ health: CANNOT_PULL, ready: 0 })],
  pods: [
    aPod({
      health: CANNOT_PULL,
      phrase: 'ImagePullBackOff',
      ready: 0,
      containers: [
        {
          ...aPod().containers[0],
          ready: false,
          restarts: 3,
          previous: true,
          state: 'waiting',
        },
      ],
    }),
  ],
});

const node = (id: string, layer: number) => {
  const [kind, name] = id.split('/');
  return { id, kind, name, layer, health: WELL, facts: [] };
};
const TOPOLOGY: Topology = {
  nodes: [
    node('Service/pay', 1),
    node('Deployment/pay', 2),
    node('Pod/pay-1', 4),
    { ...node('Pods/ReplicaSet/pay-5f6', 4), kind: 'Pod', name: 'x', count: 9 },
  ],
  edges: [
    { from: 'Service/pay', to: 'Deployment/pay', relation: 'selects' },
    { from: 'Deployment/pay', to: 'Pod/pay-1', relation: 'owns' },
  ],
};

function open(path: string, answers: Answers = {}) {
  const api = new FakeApi({
    getApplication: () => broken,
    getTopology: () => TOPOLOGY,
    listApplicationEvents: () => ({ items: [] }),
    ...answers,
  });
  return { api, ...openWorkbench(PATH + path, api) };
}

const heading = () =>
  screen.findByRole('heading', { level: 2, name: 'pay' }, { timeout: 20_000 });

describe('the page of an application', () => {
  it('says what is wrong and what to do, and leads there in one step', async () => {
    open('/topology');
    await heading();
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent(
      'The registry refused the pull of pay:2.1: denied. Check the image’s name and tag.',
    );
    expect(
      within(alert).getByRole('link', { name: 'Read the previous log' }),
    ).toHaveAttribute(
      'href',
      `/workbench${PATH}/logs?pod=pay-1&container=app&previous=true`,
    );
    expect(within(alert).getByRole('link', { name: 'Events' })).toHaveAttribute(
      'href',
      `/workbench${PATH}/events`,
    );
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Change image of pay' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Change image of pay?' }),
    ).toBeInTheDocument();
  });

  it('says nothing of the kind while all is well', async () => {
    open('/topology', { getApplication: () => anApplication() });
    await heading();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says so when there is none, or none for the reader', async () => {
    open('', { getApplication: () => refusal(404, 'There is no pay.') });
    expect(
      await screen.findByText('There is nothing here, or not for you.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'To the list of applications' }),
    ).toHaveAttribute('href', '/workbench/applications/team-a');
  });

  it('asks nothing about kinds that do not exist', async () => {
    const api = new FakeApi();
    openWorkbench('/applications/team-a/application/e/p/bogus/x', api);
    expect(
      await screen.findByText('There is nothing here, or not for you.'),
    ).toBeInTheDocument();
    expect(api.asked('getApplication')).toHaveLength(0);
  });

  it('keeps acts in place for a viewer, with the reason and who helps', async () => {
    open('/topology', {
      getApplication: () => anApplication({ can: VIEWER }),
    });
    await heading();
    const scale = screen.getByRole('button', { name: 'Scale pay' });
    expect(scale).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(scale);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'You need "amamba.application.update" in Team A. Ask Bo.',
    );
  });

  it('names acts that are not possible now, with the reason', async () => {
    open('/topology', {
      getApplication: () =>
        anApplication({
          resources: [
            aDeployment({
              acts: [
                {
                  act: 'pause',
                  possible: false,
                  why: 'pay is paused already.',
                  refusal: { code: 'alreadyPaused', params: { name: 'pay' } },
                },
              ],
            }),
          ],
        }),
    });
    await heading();
    await userEvent.click(screen.getByRole('button', { name: 'More for pay' }));
    expect(
      screen.getByRole('menuitem', { name: /Pause changes of pay/ }),
    ).toHaveTextContent('pay is paused already.');
  });
});

describe('the topology', () => {
  it('has a button for each object, which opens what is known of it', async () => {
    open('/topology');
    const graph = await screen.findByRole(
      'group',
      { name: 'Topology' },
      { timeout: 20_000 },
    );
    await userEvent.click(
      within(graph).getByRole('button', { name: /^Pod, pay-1, healthy/ }),
    );
    const panel = await screen.findByRole('dialog', { name: 'Pod/pay-1' });
    expect(address()).toContain('node=Pod%2Fpay-1');
    expect(
      within(panel).getByRole('link', { name: 'Previous log of app' }),
    ).toHaveAttribute(
      'href',
      `/workbench${PATH}/logs?pod=pay-1&container=app&previous=true`,
    );
    expect(within(panel).getByText(/restarted 3×/)).toBeInTheDocument();
    expect(await within(panel).findByText('No events.')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(address()).not.toContain('node='));
  });

  it('is a list too', async () => {
    open('/topology');
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'List' }),
    );
    const table = screen.getByRole('table', { name: 'Topology' });
    expect(within(table).getAllByRole('rowheader')).toHaveLength(4);
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Problems only' }),
    );
    expect(screen.getByText('No object has a problem.')).toBeInTheDocument();
  });
});

describe('the resources', () => {
  it('are grouped, with the pods in trouble first', async () => {
    open('/resources', {
      getApplication: () =>
        anApplication({
          resources: [
            aDeployment(),
            {
              ...aDeployment({ kind: 'Service', apiVersion: 'v1', acts: [] }),
              ...{ desired: undefined, ready: undefined, containers: [] },
              facts: ['ClusterIP', '10.0.0.1'],
            },
          ],
          pods: [aPod({ name: 'fine' }), broken.pods[0]],
          podTotal: 300,
        }),
    });
    const workloads = await screen.findByRole('table', { name: 'Workloads' });
    expect(within(workloads).getByRole('rowheader')).toHaveTextContent(
      'Deployment/pay',
    );
    expect(
      within(screen.getByRole('table', { name: 'Traffic' })).getByText(
        '10.0.0.1',
      ),
    ).toBeInTheDocument();
    expect(
      within(screen.getByRole('table', { name: 'Pods' }))
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual(['pay-1', 'fine']);
    expect(screen.getByText('2 of 300 pods')).toBeInTheDocument();
  });
});

describe('the events', () => {
  const event = {
    id: '0',
    object: 'Pod/pay-1',
    type: 'Warning' as const,
    reason: 'Failed',
    message: 'Failed to pull image: denied',
    count: 5,
    lastAt: '2026-11-03T13:00:00.000Z',
  };
  it('are searched and filtered', async () => {
    open('/events', {
      listApplicationEvents: () => ({
        items: [
          event,
          { ...event, id: '1', type: 'Normal', reason: 'Started', message: '' },
        ],
      }),
    });
    expect(
      await screen.findByText('Failed to pull image: denied'),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('rowheader')).toHaveLength(2);
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search the events' }),
      'denied',
    );
    await waitFor(() =>
      expect(screen.getAllByRole('rowheader')).toHaveLength(1),
    );
  });
});
