import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aWorkspace, VIEWER } from '../../../__testUtils__/data';
import {
  aBinding,
  aBindingList,
  aNamespace,
  NAMESPACE_ADMIN,
  namespacePage,
} from '../../../__testUtils__/namespaces';
import { FakeApi, refusal, type Answers } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';

const MANAGE = 'amamba.platform.manage';

function open(path: string, answers: Answers = {}) {
  const api = new FakeApi({
    getWorkspace: () => aWorkspace({ can: NAMESPACE_ADMIN }),
    listNamespaces: () => namespacePage([]),
    listClusterBindings: () =>
      aBindingList({
        items: [
          aBinding({
            quota: { 'requests.cpu': '8' },
            allocated: { 'requests.cpu': '6' },
          }),
        ],
      }),
    createNamespace: () => aNamespace({ name: 'new-one' }),
    getNamespace: () => aNamespace(),
    ...answers,
  });
  return { api, ...openWorkbench(`/namespaces/team-a${path}`, api) };
}

// by label: roles of a form this large take long to find
const field = (name: string | RegExp) => screen.findByLabelText(name);
const fill = async (name: string | RegExp, value: string) =>
  fireEvent.change(await field(name), { target: { value } });
const create = () =>
  userEvent.click(screen.getByRole('button', { name: 'Create namespace' }));

describe('creating a namespace', () => {
  it('sends quota, limits and labels, and opens it', async () => {
    const { api } = open('/new');
    await fill(/^Name/, 'new-one');
    await fill('CPU requested', '500m');
    await fill('CPU: Limit by default', '200m');
    await userEvent.click(screen.getByRole('button', { name: 'Add limit' }));
    await fill('Key', 'count/jobs.batch');
    await fill('Limit', '20');
    await userEvent.click(screen.getByRole('button', { name: 'Add label' }));
    await fill('Label', 'tier');
    await fill('Value', 'web');
    await create();
    await waitFor(() =>
      expect(address()).toBe(
        '/workbench/namespaces/team-a/namespace/east/new-one',
      ),
    );
    expect(api.asked('createNamespace')[0].body).toMatchObject({
      cluster: 'east',
      name: 'new-one',
      labels: { tier: 'web' },
      quota: { 'requests.cpu': '500m', 'count/jobs.batch': '20' },
      containerLimits: { default: { cpu: '200m' } },
      podSecurity: 'baseline',
    });
  });

  it('judges quantities as the API server and the workspace do, at their fields', async () => {
    const { api } = open('/new');
    await fill(/^Name/, 'new-one');
    await fill('CPU requested', '3');
    await fill('CPU limit', '2');
    await fill('Memory limit', '4 GB');
    await fill('Pods', '1500m');
    await fill('Memory: Least', '2Gi');
    await fill('Memory: Most', '1Gi');
    await create();
    expect(await field('CPU requested')).toHaveAccessibleDescription(
      'More than the workspace has left on this cluster: 2 CPU.',
    );
    expect(await field('CPU limit')).toHaveAccessibleDescription(
      'Must not be below what may be requested.',
    );
    expect(await field('Memory limit')).toHaveAccessibleDescription(
      'Write a quantity such as 500m, 2 or 4Gi.',
    );
    expect(await field('Pods')).toHaveAccessibleDescription(
      'Write a whole number.',
    );
    expect(await field('Memory: Most')).toHaveAccessibleDescription(
      'Must not be below what stands before it.',
    );
    expect(api.asked('createNamespace')).toHaveLength(0);
  });

  it('says what the backend says against a key at its field', async () => {
    open('/new', {
      createNamespace: () =>
        refusal(400, 'quota.limits.ephemeral-storage: not here', 'InputError'),
    });
    await fill(/^Name/, 'new-one');
    await fill('CPU requested', '1');
    await create();
    await waitFor(async () =>
      expect(
        await field('Ephemeral storage limit'),
      ).toHaveAccessibleDescription('not here'),
    );
  });

  it('is not offered to a viewer', async () => {
    open('/new', { getWorkspace: () => aWorkspace({ can: VIEWER }) });
    expect(
      await screen.findByText(
        'You need "amamba.namespace.create" in Team A. Ask Bo.',
      ),
    ).toBeInTheDocument();
  });
});

describe('changing a namespace', () => {
  it('keeps what it did not touch, and its own quota counts as free', async () => {
    const { api } = open('/namespace/east/prod-a/edit', {
      getNamespace: () =>
        aNamespace({
          environment: 'dev',
          labels: { tier: 'web' },
          wantedQuota: { 'requests.cpu': '6', 'requests.nvidia.com/gpu': '1' },
          containerLimits: { max: { memory: '1Gi' } },
        }),
      updateNamespace: () => aNamespace(),
    });
    await fill('CPU requested', '8');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.asked('updateNamespace')).toHaveLength(1));
    expect(api.asked('updateNamespace')[0].body).toEqual({
      // the environment is the workspace's, and its level is left as it is
      environment: undefined,
      podSecurity: undefined,
      labels: { tier: 'web' },
      quota: { 'requests.cpu': '8', 'requests.nvidia.com/gpu': '1' },
      containerLimits: { max: { memory: '1Gi' } },
      version: 1,
    });
  });
});

describe('the clusters of a workspace', () => {
  it('say who can bind them to somebody who may not', async () => {
    open('/clusters');
    expect(
      await screen.findByText(
        'You need "amamba.platform.manage". Ask a platform engineer.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('6 of 8, 75%')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Unbind east' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('are bound by a platform engineer, alone and with a quota', async () => {
    const { api } = open('/clusters', {
      listClusterBindings: () =>
        aBindingList({
          can: [MANAGE],
          available: [
            { cluster: 'west', title: 'West' },
            {
              cluster: 'taken',
              title: 'Taken',
              problem: 'Another workspace has it for itself.',
            },
          ],
        }),
      bindCluster: () => aBinding(),
    });
    expect(
      await screen.findByRole('button', { name: 'Bind cluster Taken' }),
    ).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(
      screen.getByRole('link', { name: 'Bind cluster West' }),
    );
    await userEvent.selectOptions(
      await screen.findByRole('combobox', { name: 'Sharing' }),
      'exclusive',
    );
    await fill('Pods', '100');
    await userEvent.click(
      screen.getByRole('button', { name: 'Bind cluster west' }),
    );
    await waitFor(() => expect(api.asked('bindCluster')).toHaveLength(1));
    expect(api.asked('bindCluster')[0]).toEqual({
      params: { workspace: 'team-a', cluster: 'west' },
      body: { mode: 'exclusive', quota: { pods: '100' }, version: undefined },
    });
  });

  it('give a namespace that belongs to nobody', async () => {
    const { api } = open('/clusters/east/adopt', {
      listAdoptableNamespaces: () => ({
        items: [
          {
            cluster: 'east',
            name: 'old-shop',
            createdAt: '2026-11-03T13:00:00.000Z',
            marked: true,
          },
        ],
      }),
      adoptNamespace: () => aNamespace({ name: 'old-shop' }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Adopt old-shop' }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'The mark is overwritten.',
    );
    await fill('Environment', 'prod');
    await userEvent.click(
      screen.getByRole('button', { name: 'Adopt old-shop' }),
    );
    await waitFor(() => expect(api.asked('adoptNamespace')).toHaveLength(1));
    expect(api.asked('adoptNamespace')[0].body).toEqual({
      environment: 'prod',
    });
  });
});
