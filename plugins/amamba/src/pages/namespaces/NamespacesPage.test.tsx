import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aBinding,
  aBindingList,
  aNamespace,
  aNamespaceSummary,
  namespacePage,
  NAMESPACE_ADMIN,
} from '../../__testUtils__/namespaces';
import { aWorkspace, VIEWER } from '../../__testUtils__/data';
import { FakeApi, refusal, type Answers } from '../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../__testUtils__/render';

const admin = () => aWorkspace({ can: NAMESPACE_ADMIN });
const MANAGE = 'amamba.platform.manage';

function open(path: string, answers: Answers) {
  const api = new FakeApi({
    getWorkspace: admin,
    listNamespaces: () => namespacePage([]),
    listClusterBindings: () => aBindingList({ items: [aBinding()] }),
    getNamespace: () => aNamespace(),
    ...answers,
  });
  return { api, ...openWorkbench(`/namespaces${path}`, api) };
}

describe('the namespaces of a workspace', () => {
  it('say their state, what differs and how full their quotas are', async () => {
    open('/team-a', {
      listNamespaces: () =>
        namespacePage([
          aNamespaceSummary({
            quota: [
              { key: 'requests.cpu', hard: '8', used: '7200m', share: 0.9 },
              { key: 'pods', hard: '10', used: '1', share: 0.1 },
            ],
          }),
          aNamespaceSummary({
            name: 'changed',
            drift: [
              {
                code: 'label',
                message: 'Changed by hand: tier is db, should be web.',
                mendable: true,
                since: '2026-11-03T13:00:00.000Z',
              },
            ],
          }),
        ]),
    });
    const rows = within(
      await screen.findByRole('table', { name: 'Namespaces' }),
    ).getAllByRole('row');
    expect(
      within(rows[1]).getByRole('link', { name: 'prod-a' }),
    ).toHaveAttribute(
      'href',
      '/workbench/namespaces/team-a/namespace/east/prod-a',
    );
    expect(rows[1]).toHaveTextContent('CPU requested7.2 of 8, 90%');
    expect(
      within(rows[1]).getByRole('img', { name: 'Nearly used up' }),
    ).toBeInTheDocument();
    expect(
      within(rows[1]).getByRole('progressbar', { name: /^Pods: 1 of 10/ }),
    ).toHaveAttribute('aria-valuenow', '10');
    expect(rows[2]).toHaveTextContent('Differs from the portal');
    expect(rows[2]).toHaveTextContent('tier is db, should be web');
    expect(rows[2]).toHaveTextContent('No quota');
  });

  it('ask for what the address says, and for the fullest first', async () => {
    const { api } = open('/team-a?q=prod&cluster=east&over=true', {
      listNamespaces: () => namespacePage([aNamespaceSummary()]),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Quota' }));
    await waitFor(() => expect(address()).toContain('sort=-used'));
    expect(api.asked('listNamespaces').pop()?.query).toMatchObject({
      q: 'prod',
      cluster: 'east',
      over: 'true',
      sort: '-used',
    });
  });

  it('say how the local Kubernetes comes up, and nothing is missing meanwhile', async () => {
    open('/team-a', {
      listNamespaces: () =>
        namespacePage([], {
          setup: {
            state: 'building',
            step: 'kube-apiserver',
            index: 3,
            of: 7,
            remainingMs: 360_000,
          },
        }),
    });
    expect(
      await screen.findByText(
        'The local Kubernetes is being built, step 3 of 7, kube-apiserver, about 6 min left. This page comes alive by itself.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('progressbar', {
        name: 'Progress of the local Kubernetes',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText('No namespaces yet.')).not.toBeInTheDocument();
  });

  it('say that the local Kubernetes failed, and why', async () => {
    open('/team-a', {
      listNamespaces: () =>
        namespacePage([], {
          setup: { state: 'failed', problem: 'No space on the disk.' },
        }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The local Kubernetes did not come up. No space on the disk.',
    );
  });

  it.each<[string, Answers, string]>([
    ['a first namespace is missing', {}, 'No namespaces yet.'],
    [
      'no cluster is bound, to an admin of the workspace',
      { listClusterBindings: () => aBindingList() },
      'No cluster is bound to Team A.',
    ],
    [
      'there is no cluster at all, to a platform engineer',
      { listClusterBindings: () => aBindingList({ can: [MANAGE] }) },
      'No Kubernetes cluster is connected to this portal.',
    ],
    ['nothing fits', {}, 'No namespace matches the filters.'],
  ])('say that %s', async (name, answers, text) => {
    open(name === 'nothing fits' ? '/team-a?q=x' : '/team-a', answers);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('tell a viewer why nothing can be created', async () => {
    open('/team-a', { getWorkspace: () => aWorkspace({ can: VIEWER }) });
    const [button] = await screen.findAllByRole('button', {
      name: 'Create namespace',
    });
    expect(button).toHaveAttribute('aria-disabled', 'true');
  });

  it('say what failed', async () => {
    open('/team-a', { listNamespaces: () => refusal(500, 'Broken.') });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The namespaces could not be loaded. Broken.',
    );
  });
});

describe('a namespace', () => {
  const path = '/team-a/namespace/east/prod-a';

  it('shows everything that is limited, in groups', async () => {
    open(path, {
      getNamespace: () =>
        aNamespace({
          quota: [
            {
              key: 'limits.memory',
              hard: '32Gi',
              used: '9Gi',
              share: 0.28125,
            },
            {
              key: 'count/deployments.apps',
              hard: '30',
              used: '4',
              share: 4 / 30,
            },
          ],
          containerLimits: { default: { cpu: '200m' }, max: { cpu: '4' } },
        }),
    });
    expect(await screen.findByText('9 GiB of 32 GiB, 28%')).toBeInTheDocument();
    expect(screen.getByText('Number of deployments.apps')).toBeInTheDocument();
    expect(
      screen.getByText('Limit by default 200m, Most 4'),
    ).toBeInTheDocument();
  });

  it('says what differs, and mends it after it said how', async () => {
    const { api, toasts } = open(path, {
      getNamespace: () =>
        aNamespace({
          drift: [
            {
              code: 'quota',
              message: 'Changed by hand: pods is 99, should be 10.',
              mendable: true,
              since: '2026-11-03T13:00:00.000Z',
            },
          ],
        }),
      mendNamespace: () => aNamespace(),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Mend' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(
        'The quota is set again. Changed by hand: pods is 99, should be 10.',
      ),
    ).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Mend' }));
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(api.asked('mendNamespace')).toHaveLength(1);
  });

  it('is deleted after its name was typed, and what is lost was said', async () => {
    const { api } = open(path, {
      previewNamespaceDeletion: () => ({
        counts: [
          { kind: 'PersistentVolumeClaim', count: 2 },
          { kind: 'Pod', count: 41 },
        ],
        volumes: [
          { name: 'a', size: '30Gi' },
          { name: 'b', size: '10Gi' },
        ],
        applications: ['shop', 'pay', 'cart'],
        helmReleases: [],
        hosts: ['shop.example'],
        warnings: [],
      }),
      deleteNamespace: () => aNamespace({ state: 'terminating' }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for prod-a' }),
    );
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'Delete prod-a' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: /^Delete/ }),
    );
    expect(
      dialog.getByText('2 volumes with their data (40 GiB): a, b'),
    ).toBeInTheDocument();
    expect(
      dialog.getByText('3 applications: shop, pay, cart'),
    ).toBeInTheDocument();
    const act = dialog.getByRole('button', { name: 'Delete prod-a' });
    expect(act).toHaveAttribute('aria-disabled', 'true');
    await userEvent.type(dialog.getByRole('textbox'), 'prod-a');
    await userEvent.click(act);
    await waitFor(() => expect(api.asked('deleteNamespace')).toHaveLength(1));
    expect(api.asked('deleteNamespace')[0].body).toEqual({ confirm: 'prod-a' });
  });

  it('is released by a platform engineer only, who is then back at the list', async () => {
    open(path, { getNamespace: () => aNamespace({ can: NAMESPACE_ADMIN }) });
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for prod-a' }),
    );
    expect(
      screen.getByRole('menuitem', { name: /^Release from the workspace/ }),
    ).toHaveAttribute('aria-disabled', 'true');
  });
});
