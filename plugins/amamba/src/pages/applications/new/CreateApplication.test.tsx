import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  NamespaceSummary,
  Operation,
} from '@amamba/backstage-plugin-amamba-common';
import { aWorkspace, EDITOR } from '../../../__testUtils__/data';
import { FakeApi, never, type Answers } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';
// loaded beforehand: a busy machine takes its time over what a page loads when it is opened
import '../../../components/YamlEditor/Editor';
import './CreateRoutes';

const PATH = '/applications/team-a/new';
const CREATE = 'amamba.application.create';
const T0 = '2026-11-03T13:00:00.000Z';

const NAMESPACE: NamespaceSummary = {
  workspace: 'team-a',
  cluster: 'east',
  name: 'prod',
  state: 'active',
  quota: [{ key: 'limits.cpu', hard: '2', used: '1200m' }],
  drift: [],
  createdAt: T0,
  can: [],
};

const OPERATION: Operation = {
  id: '00000000-0000-4000-8000-000000000007',
  kind: 'application.apply',
  object: 'prod/shop',
  state: 'done',
  steps: [],
  startedAt: T0,
  startedBy: 'user:default/ann',
};

function open(path: string, answers: Answers = {}) {
  const api = new FakeApi({
    getWorkspace: () => aWorkspace(),
    listNamespaces: () => ({
      items: [NAMESPACE],
      total: 1,
      setup: { state: 'none' },
      warnings: [],
    }),
    checkManifests: () => ({ ok: true, diff: [], problems: [] }),
    applyManifests: () => OPERATION,
    getOperation: () => OPERATION,
    getApplication: () => never(),
    ...answers,
  });
  return { api, ...openWorkbench(path, api) };
}

const field = (name: RegExp | string) => screen.findByRole('textbox', { name });
const button = (name: string) => screen.getByRole('button', { name });

/** The text that the cluster was last asked about. */
function lastText(api: FakeApi): string {
  return JSON.stringify(api.asked('checkManifests').at(-1));
}

/** Goes through the first questions, with the keyboard's text put in at once. */
async function begin() {
  await userEvent.click(await field(/^Name/));
  await userEvent.paste('shop');
  await userEvent.click(await field(/^Image/));
  await userEvent.paste('nginx:1.29');
  await userEvent.click(button('Continue to all settings'));
  return field('Manifests of the application');
}

// a form of a hundred fields is drawn at every key
jest.setTimeout(120_000);

describe('creating an application', () => {
  it('offers what there is, and nothing else', async () => {
    open(PATH);
    const links = await screen.findAllByRole('link', {
      name: /^(Image|YAML|Helm chart|Import)/,
    });
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      '/workbench/applications/team-a/new/form',
      '/workbench/applications/team-a/new/yaml',
      '/workbench/applications/team-a/charts',
      '/workbench/applications/team-a/new/import',
    ]);
  });

  it('says who can help when it is not allowed', async () => {
    open(`${PATH}/form`, {
      getWorkspace: () =>
        aWorkspace({ can: EDITOR.filter(name => name !== CREATE) }),
    });
    expect(
      await screen.findByText(/amamba\.application\.create/),
    ).toBeInTheDocument();
  });

  it('marks what is missing before anything else', async () => {
    const { api } = open(`${PATH}/form`);
    await field(/^Name/);
    await userEvent.click(button('Continue to all settings'));
    expect(await field(/^Name/)).toHaveAccessibleDescription('This is needed.');
    await waitFor(async () => expect(await field(/^Name/)).toHaveFocus());
    expect(api.asked('checkManifests')).toEqual([]);
  });

  it('shows form and text of the same, asks the cluster, and creates what was seen', async () => {
    const { api, toasts } = open(`${PATH}/form`);
    await begin();
    await waitFor(() => expect(lastText(api)).toContain('nginx:1.29'));
    const image = screen.getByRole('textbox', { name: /^Image/ });
    await userEvent.clear(image);
    await userEvent.paste('nginx:1.30');
    await waitFor(() => expect(lastText(api)).toContain('nginx:1.30'));
    expect(await screen.findByText('The cluster would take it.')).toBeVisible();
    await userEvent.click(button('Review'));
    await screen.findByRole('heading', { name: 'Review' });
    await userEvent.click(button('Create application'));
    await waitFor(() => expect(toasts[0]?.title).toBe('shop is created.'));
    const [{ body }] = api.asked('applyManifests');
    expect(body).toMatchObject({ cluster: 'east', namespace: 'prod' });
    expect(JSON.stringify(body)).toContain('image: nginx:1.30');
    expect(address()).toBe(
      '/workbench/applications/team-a/application/east/prod/application/shop',
    );
  });

  it('says at the field what is wrong, and what the API server says there', async () => {
    const { api } = open(`${PATH}/form`, {
      checkManifests: () => ({
        ok: false,
        diff: [],
        problems: [
          {
            kind: 'invalid',
            object: 'Deployment/shop',
            path: 'spec.replicas',
            message: 'must be less than 1,000.',
            line: 9,
          },
        ],
      }),
    });
    await begin();
    const replicas = screen.getByRole('textbox', { name: 'Replicas' });
    await waitFor(() =>
      expect(replicas).toHaveAccessibleDescription('must be less than 1,000.'),
    );
    const asked = api.asked('checkManifests').length;
    await userEvent.clear(replicas);
    await userEvent.paste('-1');
    await waitFor(() =>
      expect(replicas).toHaveAccessibleDescription(
        'This must be a whole number from 0 to 10000.',
      ),
    );
    expect(button('Review')).toHaveAttribute('aria-disabled', 'true');
    expect(api.asked('checkManifests')).toHaveLength(asked);
  });

  it('weighs what is asked against the quota', async () => {
    open(`${PATH}/form`);
    await begin();
    await userEvent.click(screen.getByText('Resources'));
    await userEvent.click(await field('CPU limit'));
    await userEvent.paste('1');
    expect(
      await screen.findByText('limits.cpu: 0.8 CPU left, asks 1 CPU !'),
    ).toBeVisible();
  });

  it('adds containers, variables and probes by fields', async () => {
    const { api } = open(`${PATH}/form`);
    await begin();
    await userEvent.click(screen.getByText('Environment'));
    await userEvent.click(button('Add variable'));
    const group = await screen.findByRole('group', { name: '1' });
    await userEvent.click(
      within(group).getByRole('textbox', { name: /^Name/ }),
    );
    await userEvent.paste('MODE');
    await userEvent.click(
      within(group).getByRole('textbox', { name: 'Value' }),
    );
    await userEvent.paste('yes: no');
    await waitFor(() =>
      expect(lastText(api)).toContain(JSON.stringify('"yes: no"').slice(1, -1)),
    );
    await userEvent.click(screen.getByText('Health checks'));
    await userEvent.click(await screen.findByText('Readiness'));
    await userEvent.selectOptions(
      await screen.findByRole('combobox', { name: 'Check by' }),
      'httpGet',
    );
    const [port] = await screen.findAllByRole('textbox', { name: /^Port/ });
    await userEvent.click(port);
    await userEvent.paste('admin');
    expect(
      await screen.findByText('No container has a port named admin.'),
    ).toBeVisible();
  });

  it('starts from another application', async () => {
    const { api } = open(`${PATH}/form?from=east%2Fprod%2Fdeployment%2Fcart`, {
      exportApplication: () => ({
        yaml: 'apiVersion: apps/v1\nkind: Deployment # of the cart\nmetadata:\n  name: cart\n',
      }),
    });
    expect(await field('Manifests of the application')).toHaveTextContent(
      '# of the cart',
    );
    expect(api.asked('exportApplication')[0].params).toMatchObject({
      cluster: 'east',
      namespace: 'prod',
      kind: 'deployment',
      name: 'cart',
    });
  });

  it('imports workloads that run already', async () => {
    const { api } = open(`${PATH}/import`, {
      listImportable: () => ({
        items: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'shop',
            health: { status: 'ok', reasons: [] },
            facts: [],
            acts: [],
          },
        ],
      }),
      importApplication: () => never(),
    });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Deployment/shop' }),
    );
    await userEvent.click(button('Make an application'));
    expect(api.asked('importApplication')[0].body).toEqual({
      cluster: 'east',
      namespace: 'prod',
      name: 'shop',
      description: '',
      workloads: ['Deployment/shop'],
    });
  });
});
