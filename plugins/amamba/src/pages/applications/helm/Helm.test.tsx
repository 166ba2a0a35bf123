import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ChartDetail,
  HelmRepository,
  Operation,
} from '@amamba/backstage-plugin-amamba-common';
import { aWorkspace, EDITOR } from '../../../__testUtils__/data';
import {
  FakeApi,
  never,
  refusal,
  type Answers,
} from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';
// loaded beforehand: a busy machine takes its time over what a page loads when it is opened
import '../../../components/YamlEditor/Editor';
import './HelmRoutes';
import './repositories/RepositoriesPage';

const PATH = '/applications/team-a';
const T0 = '2026-11-03T13:00:00.000Z';

const CHART: ChartDetail = {
  repository: 'sample',
  name: 'hello',
  version: '1.1.0',
  deprecated: false,
  keywords: [],
  versions: [{ version: '1.1.0' }, { version: '1.0.0' }],
  readme: '# Hello\n\n<img src=x onerror=alert(1)>',
  defaultValues: '# how many\nreplicas: 1 # at least\nimage:\n  tag: "1"\n',
  sources: [],
};

const REPOSITORY: HelmRepository = {
  name: 'sample',
  type: 'http',
  url: 'https://charts.example.com',
  scope: 'workspace',
  username: 'ann',
  hasPassword: true,
  charts: [],
  version: 3,
};

const OPERATION: Operation = {
  id: '00000000-0000-4000-8000-000000000008',
  kind: 'helm.install',
  object: 'prod/hello',
  state: 'done',
  steps: [],
  startedAt: T0,
  startedBy: 'user:default/ann',
};

function open(path: string, answers: Answers = {}) {
  const api = new FakeApi({
    getWorkspace: () =>
      aWorkspace({
        can: [
          ...EDITOR,
          'amamba.application.create',
          'amamba.helm-repository.write',
        ],
      }),
    listNamespaces: () => ({
      items: [
        {
          workspace: 'team-a',
          cluster: 'east',
          name: 'prod',
          state: 'active',
          quota: [],
          drift: [],
          createdAt: T0,
          can: [],
        },
      ],
      total: 1,
      setup: { state: 'none' },
      warnings: [],
    }),
    listHelmRepositories: () => ({ items: [REPOSITORY] }),
    getChart: () => CHART,
    previewRelease: () => ({
      ok: true,
      action: 'install',
      diff: [],
      problems: [],
    }),
    installRelease: () => OPERATION,
    getOperation: () => OPERATION,
    getApplication: () => never(),
    ...answers,
  });
  return { api, ...openWorkbench(path, api) };
}

const field = (name: RegExp | string) => screen.findByRole('textbox', { name });

describe('Helm charts', () => {
  it('are listed and lead to their pages', async () => {
    open(`${PATH}/charts`, {
      listCharts: () => ({
        items: [
          {
            repository: 'sample',
            name: 'hello',
            version: '1.1.0',
            deprecated: false,
            keywords: [],
          },
        ],
        total: 1,
        warnings: [],
      }),
    });
    expect(await screen.findByRole('link', { name: 'hello' })).toHaveAttribute(
      'href',
      '/workbench/applications/team-a/charts/sample/hello',
    );
  });

  it('show a readme without running what is in it', async () => {
    open(`${PATH}/charts/sample/hello`);
    expect(
      await screen.findByRole('heading', { name: 'Hello' }),
    ).toBeInTheDocument();
    expect(document.querySelector('img[onerror]')).toBeNull();
  });

  it('are installed after a preview, with what differs from the defaults; comments stay', async () => {
    const { api } = open(`${PATH}/charts/sample/hello/install`);
    const text = await field('Values');
    await userEvent.click(await field('replicas'));
    await userEvent.keyboard('{Control>}a{/Control}');
    await userEvent.paste('3');
    await waitFor(() =>
      expect(text).toHaveTextContent('# how manyreplicas: 3 # at least'),
    );
    expect(
      screen.queryByRole('button', { name: 'Install hello' }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview changes' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Install hello' }),
    );
    await waitFor(() =>
      expect(address()).toBe(
        '/workbench/applications/team-a/application/east/prod/helm/hello',
      ),
    );
    expect(api.asked('installRelease')[0].body).toMatchObject({
      cluster: 'east',
      namespace: 'prod',
      name: 'hello',
      repository: 'sample',
      chart: 'hello',
      version: '1.1.0',
      values: 'replicas: 3\n',
      atomic: true,
    });
  });

  it('say what stands in the way, and are not installed then', async () => {
    open(`${PATH}/charts/sample/hello/install`, {
      previewRelease: () => ({
        ok: false,
        action: 'install',
        diff: [],
        problems: [{ kind: 'invalid', message: 'replicas: must be a number' }],
      }),
    });
    await field('Values');
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview changes' }),
    );
    expect(
      await screen.findByText('replicas: must be a number'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Install hello' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });
});

describe('Helm repositories', () => {
  it('are edited without their password', async () => {
    const { api } = open(`${PATH}/repositories`, {
      updateHelmRepository: () => REPOSITORY,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for sample' }),
    );
    await userEvent.click(screen.getByRole('menuitem', { name: 'Edit' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByLabelText('Password')).toHaveValue('');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Try and save' }),
    );
    await waitFor(() =>
      expect(api.asked('updateHelmRepository')).toHaveLength(1),
    );
    const { body } = api.asked('updateHelmRepository')[0];
    expect(body).toMatchObject({ username: 'ann', version: 3 });
    expect(JSON.parse(JSON.stringify(body))).not.toHaveProperty('password');
  });

  it('say why one could not be added, and why one is not removed', async () => {
    open(`${PATH}/repositories`, {
      createHelmRepository: () =>
        refusal(502, 'charts.example.com answered 404 for index.yaml'),
      deleteHelmRepository: () =>
        refusal(409, 'Release prod/hello comes from sample'),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add repository' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('textbox', { name: /^Name/ }));
    await userEvent.paste('other');
    await userEvent.click(dialog.getByRole('textbox', { name: /^Address/ }));
    await userEvent.paste('https://charts.example.com');
    await userEvent.click(dialog.getByRole('button', { name: 'Try and save' }));
    expect(
      await dialog.findByText(/answered 404 for index.yaml/),
    ).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'More for sample' }),
    );
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'Remove repository' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove repository' }),
    );
    expect(
      await screen.findByText(/Release prod\/hello comes from sample/),
    ).toBeInTheDocument();
  });
});
