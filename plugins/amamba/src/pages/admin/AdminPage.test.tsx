import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ClusterHealth,
  ClusterList,
  EngineHealth,
} from '@amamba/backstage-plugin-amamba-common';
import { FakeApi, refusal, type Answers } from '../../__testUtils__/FakeApi';
import { openWorkbench } from '../../__testUtils__/render';

const T0 = '2026-11-03T13:00:00.000Z';

function aCluster(values: Partial<ClusterHealth> = {}): ClusterHealth {
  return {
    name: 'east',
    title: 'East',
    state: 'ok',
    version: 'v1.37.2',
    latencyMs: 4.2,
    capabilities: [{ id: 'rollouts', present: true, version: 'v1.8.3' }],
    watches: [
      {
        kind: 'v1/pods',
        state: 'live',
        objects: 1200,
        bytes: 3 * 2 ** 20,
        ageMs: 0,
      },
    ],
    bindings: [{ workspace: 'team-a', mode: 'exclusive' }],
    checkedAt: T0,
    ...values,
  };
}

function clusterList(items: ClusterHealth[]): ClusterList {
  return { items, setup: { state: 'none' }, warnings: [] };
}

function anEngine(values: Partial<EngineHealth> = {}): EngineHealth {
  return {
    id: 'ci',
    title: 'Jenkins',
    type: 'jenkins',
    state: 'ok',
    version: '2.541',
    latencyMs: 12,
    queue: 3,
    executors: { busy: 4, total: 8 },
    answeredAt: T0,
    eventAt: T0,
    ...values,
  };
}

function open(path: string, answers: Answers = {}) {
  const api = new FakeApi({
    listClusters: () => clusterList([aCluster()]),
    listEngineHealth: () => ({ items: [anEngine()] }),
    ...answers,
  });
  openWorkbench(`/admin${path}`, api);
  return api;
}

describe('the admin page', () => {
  it('shows what is broken first, with what to do, to be copied', async () => {
    const copied: string[] = [];
    const user = userEvent.setup();
    open('', {
      listClusters: () =>
        clusterList([
          aCluster(),
          aCluster({
            name: 'south',
            title: 'South',
            capabilities: [
              {
                id: 'metrics',
                present: false,
                without: 'No CPU and memory figures',
                remedy: 'Install metrics-server',
                command: 'kubectl apply -f metrics.yaml',
              },
            ],
          }),
          aCluster({
            name: 'west',
            title: 'West',
            state: 'unreachable',
            problem: 'TLS certificate expired',
            remedy: 'Renew the certificate.',
            since: T0,
          }),
        ]),
    });
    const section = within(
      await screen.findByRole('region', { name: 'Clusters' }),
    );
    const names = (await section.findAllByRole('link')).map(
      link => link.textContent,
    );
    expect(names).toEqual(['West', 'South', 'East']);
    expect(section.getByText(/^TLS certificate expired/)).toBeInTheDocument();
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockImplementation(async text => {
        copied.push(text);
      });
    for (const button of section.getAllByRole('button', { name: 'Copy fix' })) {
      await user.click(button);
    }
    expect(copied).toEqual([
      'Renew the certificate.',
      'kubectl apply -f metrics.yaml',
    ]);
    expect(
      section.getAllByText('v1.37.2, 4.2 ms, 1,200 objects, 3 MiB, live'),
    ).toHaveLength(2);
    expect(
      screen.getByText('2.541, 12 ms, queue 3, 4 of 8 executors'),
    ).toBeInTheDocument();
  });

  it('shows everything of a cluster, and looks again', async () => {
    const api = open('/clusters', { checkCluster: () => aCluster() });
    expect(await screen.findByText('v1/pods')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'team-a alone' })).toHaveAttribute(
      'href',
      '/workbench/namespaces/team-a/clusters',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Check again: East' }),
    );
    expect(api.asked('checkCluster')).toEqual([
      { params: { cluster: 'east' } },
    ]);
  });

  it('shows an engine that does not answer', async () => {
    open('/engines', {
      listEngineHealth: () => ({
        items: [
          anEngine({
            state: 'unreachable',
            problem: 'Jenkins did not answer.',
            queue: undefined,
            executors: undefined,
            eventAt: undefined,
          }),
        ],
      }),
    });
    expect(
      await screen.findByText(/^Does not answer Jenkins did not answer/),
    ).toBeInTheDocument();
    expect(screen.getByText('None in the last day')).toBeInTheDocument();
  });

  it('says how to connect a cluster and an engine where there is none', async () => {
    open('', {
      listClusters: () => clusterList([]),
      listEngineHealth: () => ({ items: [] }),
    });
    expect(
      await screen.findByText(
        'No Kubernetes cluster is connected to this portal.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('No engine is configured.'),
    ).toBeInTheDocument();
  });

  it('is for those who look after the platform', async () => {
    open('', {
      listClusters: () =>
        refusal(
          403,
          'You need "amamba.platform.read" on the platform. Ask a platform engineer.',
          'NotAllowedError',
        ),
      listEngineHealth: () => refusal(403, 'no', 'NotAllowedError'),
    });
    expect(
      await screen.findByText(
        'You need "amamba.platform.read" on the platform. Ask a platform engineer.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy request' }),
    ).toBeInTheDocument();
  });
});
