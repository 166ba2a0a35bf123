import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aPipeline,
  aWorkspace,
  runPage,
  VIEWER,
} from '../../../__testUtils__/data';
import { FakeApi, refusal, type Answers } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';

const PATH = '/pipelines/team-a/new';

function open(path: string, answers: Answers = {}) {
  const api = new FakeApi({
    createPipeline: () => aPipeline(),
    getPipeline: () => aPipeline(),
    listRuns: () => runPage([]),
    ...answers,
  });
  return { api, ...openWorkbench(path, api) };
}

const field = (name: RegExp) => screen.findByRole('textbox', { name });

describe('creating a pipeline', () => {
  it('asks first where the Jenkinsfile comes from, and keeps the answer in the address', async () => {
    open(PATH);
    await userEvent.click(
      await screen.findByRole('link', { name: /From a repository/ }),
    );
    expect(address()).toBe('/workbench/pipelines/team-a/new?type=repository');
    expect(await field(/^Repository/)).toBeInTheDocument();
  });

  it('creates it from a repository, with parameters, and opens it', async () => {
    const { api, toasts } = open(
      `${PATH}?type=repository&entity=component:default/shop`,
    );
    await userEvent.type(await field(/^Name/), 'shop');
    await userEvent.type(
      await field(/^Repository/),
      'https://git.example/shop.git',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Add parameter' }),
    );
    await userEvent.type(
      screen.getAllByRole('textbox', { name: /^Name/ })[1],
      'ENV',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Type' }),
      'choice',
    );
    await userEvent.type(await field(/^Choices/), 'dev{enter}prod');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create pipeline' }),
    );
    await waitFor(() => expect(toasts[0]?.title).toBe('shop is created.'));
    expect(api.asked('createPipeline')[0].body).toMatchObject({
      name: 'shop',
      entityRef: 'component:default/shop',
      source: {
        type: 'repository',
        url: 'https://git.example/shop.git',
        branch: 'main',
      },
      settings: {
        parameters: [{ type: 'choice', name: 'ENV', choices: ['dev', 'prod'] }],
      },
    });
    expect(address()).toBe('/workbench/pipelines/team-a/pipeline/shop');
  });

  it('marks what is missing and goes there, without asking the backend', async () => {
    const { api } = open(`${PATH}?type=repository`);
    await userEvent.type(await field(/^Name/), '-shop');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create pipeline' }),
    );
    expect(await field(/^Repository/)).toHaveAccessibleDescription(
      'This is needed.',
    );
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveFocus(),
    );
    expect(screen.getByRole('textbox', { name: /^Name/ })).toBeInvalid();
    expect(api.asked('createPipeline')).toHaveLength(0);
  });

  it('puts what the backend says at its fields', async () => {
    open(`${PATH}?type=script`, {
      createPipeline: () =>
        refusal(400, 'settings.triggers.cron: not before noon', 'InputError'),
    });
    await userEvent.type(await field(/^Name/), 'shop');
    await userEvent.type(await field(/^Schedule/), 'H 4 * * *');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create pipeline' }),
    );
    await waitFor(() =>
      expect(
        screen.getByRole('textbox', { name: /^Schedule/ }),
      ).toHaveAccessibleDescription('not before noon'),
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: /^Schedule/ })).toHaveFocus();
  });

  it('says that a name is taken at the name, and other failures at the end', async () => {
    const { api } = open(`${PATH}?type=script`, {
      createPipeline: () =>
        refusal(409, 'The name shop is taken.', 'ConflictError'),
    });
    await userEvent.type(await field(/^Name/), 'shop');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create pipeline' }),
    );
    await waitFor(() =>
      expect(
        screen.getByRole('textbox', { name: /^Name/ }),
      ).toHaveAccessibleDescription('The name shop is taken.'),
    );
    api.answer({
      createPipeline: () => refusal(503, 'Jenkins "ci" did not answer.'),
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Create pipeline' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The pipeline was not created. Jenkins "ci" did not answer.',
    );
    expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveValue('shop');
  });

  it('asks before what was entered is left', async () => {
    open(`${PATH}?type=script`);
    await userEvent.type(await field(/^Name/), 'shop');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await screen.findByRole('dialog', { name: 'Leave without saving?' });
    expect(address()).toBe('/workbench/pipelines/team-a/new?type=script');
    await userEvent.click(
      screen.getByRole('button', { name: 'Discard and leave' }),
    );
    await waitFor(() => expect(address()).toBe('/workbench/pipelines/team-a'));
  });

  it('lets an engine be chosen when there are several', async () => {
    const { api } = open(`${PATH}?type=script`, {
      listEngines: () => ({
        items: [
          { id: 'ci', title: 'One', kind: 'jenkins', reachable: true },
          { id: 'ci-2', title: 'Two', kind: 'jenkins', reachable: false },
        ],
      }),
    });
    await userEvent.selectOptions(
      await screen.findByRole('combobox', { name: 'Engine' }),
      'ci-2',
    );
    await userEvent.type(await field(/^Name/), 'shop');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create pipeline' }),
    );
    await waitFor(() => expect(api.asked('createPipeline')).toHaveLength(1));
    expect(api.asked('createPipeline')[0].body).toMatchObject({
      engine: 'ci-2',
    });
  });

  it('is not offered to a viewer', async () => {
    open(`${PATH}?type=script`, {
      getWorkspace: () => aWorkspace({ can: VIEWER }),
    });
    expect(
      await screen.findByText(
        'You need "amamba.pipeline.create" in Team A. Ask Bo.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('textbox', { name: /^Name/ }),
    ).not.toBeInTheDocument();
  });
});
