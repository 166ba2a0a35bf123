import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aPipeline,
  aRun,
  aWorkspace,
  runPage,
  VIEWER,
} from '../../../__testUtils__/data';
import { FakeApi, refusal, type Answers } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';

const PATH = '/pipelines/team-a/pipeline/shop';

function open(path: string, answers: Answers) {
  const api = new FakeApi({
    getPipeline: () => aPipeline(),
    listRuns: () => runPage([aRun()]),
    ...answers,
  });
  return { api, ...openWorkbench(path, api) };
}

describe('the runs of a pipeline', () => {
  it('shows state, cause, commit, parameters and how long each took', async () => {
    open(PATH, {});
    expect(
      await screen.findByRole('heading', { level: 2, name: 'shop' }),
    ).toBeInTheDocument();
    const row = (await screen.findByRole('rowheader', { name: '#42' })).closest(
      'tr',
    )!;
    expect(within(row).getByRole('link', { name: '#42' })).toHaveAttribute(
      'href',
      '/workbench/pipelines/team-a/pipeline/shop/runs/42',
    );
    expect(row).toHaveTextContent('Failed');
    expect(row).toHaveTextContent('Unit tests');
    expect(row).toHaveTextContent('3f2a1c0');
    expect(row).toHaveTextContent('ENV=staging');
    expect(row).toHaveTextContent('6m 12s');
  });

  it('filters on the server, by the address', async () => {
    const { api } = open(
      `${PATH}?state=failed&branch=main&by=user:default/ann&sort=oldest`,
      {},
    );
    await screen.findByRole('rowheader', { name: '#42' });
    expect(api.asked('listRuns')[0]).toMatchObject({
      params: { workspace: 'team-a', pipeline: 'shop' },
      query: {
        state: 'failed',
        branch: 'main',
        by: 'user:default/ann',
        sort: 'oldest',
      },
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(address()).not.toMatch(/state|branch|by=/));
  });

  it('says that there are none yet, and that none fits', async () => {
    const { api } = open(PATH, { listRuns: () => runPage([]) });
    expect(
      await screen.findByText('No runs yet. Run it to see stages here.'),
    ).toBeInTheDocument();
    await userEvent.type(screen.getByRole('textbox', { name: 'Branch' }), 'x');
    expect(
      await screen.findByText('No run matches the filters.'),
    ).toBeInTheDocument();
    expect(api.asked('listRuns').at(-1)).toMatchObject({
      query: { branch: 'x' },
    });
  });

  it('reads alike for a foreign and an unknown pipeline, with a way back', async () => {
    open(PATH, {
      getPipeline: () => refusal(404, 'There is no pipeline "shop" for you.'),
    });
    expect(
      await screen.findByText('There is nothing here, or not for you.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'To the list of pipelines' }),
    ).toHaveAttribute('href', '/workbench/pipelines/team-a');
  });

  it('keeps the pipeline when only its runs fail', async () => {
    open(PATH, { listRuns: () => refusal(500, 'Broken.') });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The runs could not be loaded. Broken.',
    );
    expect(
      screen.getByRole('heading', { level: 2, name: 'shop' }),
    ).toBeInTheDocument();
  });

  it('says that the engine does not answer, and does not offer to run', async () => {
    open(PATH, {
      listEngines: () => ({
        items: [
          {
            id: 'ci',
            title: 'Jenkins "ci"',
            kind: 'jenkins',
            reachable: false,
            problem: 'Jenkins "ci" did not answer.',
          },
        ],
      }),
    });
    expect(
      await screen.findByText('Jenkins "ci" did not answer.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Run shop' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });
});

describe('the run dialog', () => {
  const answers: Answers = {
    getPipeline: () => aPipeline({ hasParameters: true }),
    getRunForm: () => ({
      parameters: [
        { type: 'string', name: 'TAG', defaultValue: 'v1', trim: true },
        { type: 'boolean', name: 'DRY', defaultValue: false },
        { type: 'choice', name: 'ENV', choices: ['dev', 'prod'] },
        { type: 'password', name: 'TOKEN', hasDefault: true },
      ],
      lastValues: { TAG: 'v0', ENV: 'prod' },
      lastRun: 42,
      queued: 2,
      typicalDurationMs: 420_000,
    }),
    startRun: () => aRun({ number: 43, state: 'queued' }),
  };

  it('opens on r, starts with the defaults and runs with what was typed', async () => {
    const { api, toasts } = open(PATH, answers);
    await screen.findByRole('heading', { level: 2, name: 'shop' });
    await userEvent.keyboard('r');
    const dialog = await screen.findByRole('dialog', { name: 'Run shop' });
    const tag = await within(dialog).findByRole('textbox', { name: 'TAG' });
    expect(tag).toHaveValue('v1');
    expect(dialog).toHaveTextContent('Queue: 2 before it. Takes about 7 min.');
    await userEvent.clear(tag);
    await userEvent.type(tag, 'v2 ');
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: 'DRY' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Run shop' }),
    );
    await waitFor(() =>
      expect(toasts[0]?.title).toBe('shop #43 is requested.'),
    );
    expect(api.asked('startRun')).toHaveLength(1);
    expect(api.asked('startRun')[0].body).toMatchObject({
      parameters: { TAG: 'v2', DRY: true, ENV: 'dev' },
    });
    expect(api.asked('startRun')[0].body).not.toHaveProperty(
      'parameters.TOKEN',
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('takes the values of the last run over', async () => {
    open(PATH, answers);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run shop' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      await within(dialog).findByRole('radio', { name: 'Last run #42' }),
    );
    expect(within(dialog).getByRole('textbox', { name: 'TAG' })).toHaveValue(
      'v0',
    );
    expect(within(dialog).getByRole('combobox', { name: 'ENV' })).toHaveValue(
      'prod',
    );
  });

  it('stays open with the reason when the run does not start', async () => {
    open(PATH, {
      ...answers,
      startRun: () => refusal(503, 'Jenkins "ci" did not answer.'),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Run shop' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Run shop' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'shop was not run. Jenkins "ci" did not answer.',
    );
  });
});

describe('the settings of a pipeline', () => {
  it('are shown, with parameters of the Jenkinsfile explained', async () => {
    open(`${PATH}/settings`, {
      getPipeline: () =>
        aPipeline({
          declaredParameters: [
            { type: 'choice', name: 'ENV', choices: ['dev', 'prod'] },
          ],
        }),
    });
    expect(
      await screen.findByText('https://git.example/shop.git'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/The Jenkinsfile declares these parameters/),
    ).toBeInTheDocument();
    expect(screen.getByText('ENV')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Edit settings' })).toHaveAttribute(
      'href',
      '/workbench/pipelines/team-a/pipeline/shop/settings/edit',
    );
  });

  it('are edited and saved with the version that was read', async () => {
    const { api, toasts } = open(`${PATH}/settings/edit`, {
      getPipeline: () => aPipeline({ version: 7 }),
      updatePipeline: () => aPipeline({ version: 8 }),
    });
    const branch = await screen.findByRole('textbox', { name: /Branch/ });
    await userEvent.clear(branch);
    await userEvent.type(branch, 'next');
    await userEvent.click(
      screen.getByRole('button', { name: 'Save settings' }),
    );
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(api.asked('updatePipeline')[0].body).toMatchObject({
      version: 7,
      source: { type: 'repository', branch: 'next' },
    });
    expect(address()).toBe(
      '/workbench/pipelines/team-a/pipeline/shop/settings',
    );
  });

  it('are not lost when somebody else was faster', async () => {
    const { api, signals } = open(`${PATH}/settings/edit`, {
      updatePipeline: () => refusal(409, 'The pipeline was changed meanwhile.'),
    });
    const description = await screen.findByRole('textbox', {
      name: 'Description',
    });
    await userEvent.type(description, 'mine');
    api.answer({
      getPipeline: () => aPipeline({ version: 2, description: 'theirs' }),
    });
    signals.send({ type: 'pipeline', workspace: 'team-a', pipeline: 'shop' });
    expect(
      await screen.findByText(/Somebody changed the settings while you edited/),
    ).toBeInTheDocument();
    expect(description).toHaveValue('mine');
    await userEvent.click(
      screen.getByRole('button', { name: 'Save settings' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The settings of shop were not saved. The pipeline was changed meanwhile.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Start again' }));
    expect(screen.getByRole('textbox', { name: 'Description' })).toHaveValue(
      'theirs',
    );
  });

  it('cannot be edited by a viewer, who reads who can help', async () => {
    open(`${PATH}/settings/edit`, {
      getWorkspace: () => aWorkspace({ can: VIEWER }),
      getPipeline: () => aPipeline({ can: VIEWER }),
    });
    expect(
      await screen.findByText(
        'You need "amamba.pipeline.update" in Team A. Ask Bo.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy request' }),
    ).toBeInTheDocument();
  });
});
