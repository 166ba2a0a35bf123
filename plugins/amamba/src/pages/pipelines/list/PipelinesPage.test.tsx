import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aPipeline,
  aRun,
  aSummary,
  aWorkspace,
  pipelinePage,
  VIEWER,
} from '../../../__testUtils__/data';
import { FakeApi, never, refusal } from '../../../__testUtils__/FakeApi';
import { address, openWorkbench } from '../../../__testUtils__/render';

const PATH = '/pipelines/team-a';
const failed = aSummary({
  lastRun: { ...aRun(), stage: 'Unit tests' },
  recent: ['failed', 'succeeded', 'succeeded'],
  environment: 'prod',
  description: 'The shop',
});

describe('the list of pipelines', () => {
  it('shows the last run, its cause and the weather, and links to them', async () => {
    const api = new FakeApi({ listPipelines: () => pipelinePage([failed]) });
    openWorkbench(PATH, api);

    const row = (
      await screen.findByRole('rowheader', { name: /shop/ })
    ).closest('tr')!;
    expect(within(row).getByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/workbench/pipelines/team-a/pipeline/shop',
    );
    expect(within(row).getByText('Failed')).toBeInTheDocument();
    expect(within(row).getByText(/Unit tests/)).toBeInTheDocument();
    expect(within(row).getByRole('link', { name: '#42' })).toHaveAttribute(
      'href',
      '/workbench/pipelines/team-a/pipeline/shop/runs/42',
    );
    expect(within(row).getByText('6m 12s')).toBeInTheDocument();
    expect(
      within(row).getByRole('img', {
        name: 'Last 3 runs: 1 Failed, 2 Succeeded',
      }),
    ).toBeInTheDocument();
  });

  it('asks for what the address says, and writes filters into it', async () => {
    const api = new FakeApi({ listPipelines: () => pipelinePage([failed]) });
    openWorkbench(
      `${PATH}?q=sh&state=failed,bogus&sort=lastRun&order=desc&after=c1`,
      api,
    );
    await screen.findByRole('link', { name: 'shop' });
    expect(api.asked('listPipelines')[0]).toMatchObject({
      params: { workspace: 'team-a' },
      query: {
        q: 'sh',
        state: 'failed',
        sort: 'lastRun',
        order: 'desc',
        after: 'c1',
      },
    });

    await userEvent.click(
      screen.getByRole('button', { name: 'Remove filter State: Failed' }),
    );
    await waitFor(() => expect(address()).not.toContain('state'));
    expect(address()).not.toContain('after');

    const search = screen.getByRole('searchbox', { name: 'Search pipelines' });
    fireEvent.change(search, { target: { value: 'pay' } });
    await waitFor(() => expect(address()).toContain('q=pay'));
    await waitFor(() =>
      expect(api.asked('listPipelines').at(-1)).toMatchObject({
        query: { q: 'pay' },
      }),
    );
  });

  it('sorts on the server', async () => {
    const api = new FakeApi({ listPipelines: () => pipelinePage([failed]) });
    openWorkbench(PATH, api);
    await userEvent.click(await screen.findByRole('button', { name: 'Name' }));
    expect(address()).toContain('sort=name&order=desc');
    expect(screen.getByRole('columnheader', { name: /Name/ })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  it('goes through the pages by cursors', async () => {
    const api = new FakeApi({
      listPipelines: ({ query }) =>
        query?.after
          ? pipelinePage([aSummary({ name: 'zoo' })], {
              total: 51,
              previousCursor: 'p1',
            })
          : pipelinePage([failed], { total: 51, nextCursor: 'n1' }),
    });
    openWorkbench(PATH, api);
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    expect(
      await screen.findByRole('link', { name: 'zoo' }),
    ).toBeInTheDocument();
    expect(address()).toContain('after=n1');
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Previous' }));
    expect(address()).toContain('before=p1');
  });

  it('shows the first page when the cursor of the address is gone', async () => {
    const api = new FakeApi({
      listPipelines: ({ query }) =>
        query?.after
          ? refusal(400, 'after: is no cursor', 'InputError')
          : pipelinePage([failed]),
    });
    openWorkbench(`${PATH}?after=old`, api);
    expect(
      await screen.findByText(/That page of the list is gone/),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'shop' }),
    ).toBeInTheDocument();
    expect(address()).not.toContain('after');
  });

  it('shows nothing at first, then grey rows', async () => {
    const api = new FakeApi({ listPipelines: () => never() });
    openWorkbench(PATH, api);
    expect(await screen.findByText('Loading')).toBeInTheDocument();
  });

  it('says how to begin when there is none', async () => {
    openWorkbench(PATH, new FakeApi({ listPipelines: () => pipelinePage([]) }));
    expect(await screen.findByText('No pipelines yet.')).toBeInTheDocument();
    for (const link of screen.getAllByRole('link', {
      name: 'New pipeline',
    })) {
      expect(link).toHaveAttribute('href', '/workbench/pipelines/team-a/new');
    }
  });

  it('says to a viewer who can create one', async () => {
    openWorkbench(
      PATH,
      new FakeApi({
        getWorkspace: () => aWorkspace({ can: VIEWER }),
        listPipelines: () => pipelinePage([]),
      }),
    );
    expect(
      await screen.findByText(
        'You need "amamba.pipeline.create" in Team A. Ask Bo.',
      ),
    ).toBeInTheDocument();
    for (const button of screen.getAllByRole('button', {
      name: 'New pipeline',
    })) {
      expect(button).toHaveAttribute('aria-disabled', 'true');
    }
  });

  it('takes filters away when nothing fits them', async () => {
    const api = new FakeApi({
      listPipelines: ({ query }) => pipelinePage(query?.state ? [] : [failed]),
    });
    openWorkbench(`${PATH}?state=succeeded`, api);
    expect(
      await screen.findByText('No pipeline matches the filters.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[1],
    );
    expect(
      await screen.findByRole('link', { name: 'shop' }),
    ).toBeInTheDocument();
  });

  it('names the engine that does not answer, beside the rows, and why nothing runs on it', async () => {
    const api = new FakeApi({
      listPipelines: () =>
        pipelinePage([failed, aSummary({ name: 'other', engine: 'ci-2' })], {
          warnings: [
            {
              source: 'jenkins:ci-2',
              message: 'No answer.',
              since: '2026-11-03T13:40:00Z',
            },
          ],
        }),
    });
    openWorkbench(PATH, api);
    expect(await screen.findByText('jenkins:ci-2')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Run other' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    expect(
      screen.getByRole('button', { name: 'Run shop' }),
    ).not.toHaveAttribute('aria-disabled');
  });

  it('says what failed and tries again', async () => {
    const api = new FakeApi({
      listPipelines: () =>
        refusal(503, 'The database is gone.', 'ServiceUnavailableError'),
    });
    openWorkbench(PATH, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The pipelines could not be loaded. The database is gone.',
    );
    api.answer({ listPipelines: () => pipelinePage([failed]) });
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('link', { name: 'shop' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('updates rows in place when a signal comes, and keeps new ones back while the list has the focus', async () => {
    const api = new FakeApi({ listPipelines: () => pipelinePage([failed]) });
    const { signals } = openWorkbench(PATH, api);
    (await screen.findByRole('link', { name: 'shop' })).focus();
    api.answer({
      listPipelines: () =>
        pipelinePage([
          aSummary({ name: 'new' }),
          { ...failed, lastRun: { ...aRun(), state: 'running' } },
        ]),
    });
    act(() =>
      signals.send({ type: 'pipeline', workspace: 'team-b', pipeline: 'x' }),
    );
    act(() =>
      signals.send({ type: 'run', workspace: 'team-a', pipeline: 'shop' }),
    );
    expect(await screen.findByText('Running')).toBeInTheDocument();
    expect(api.asked('listPipelines')).toHaveLength(2);
    expect(screen.queryByRole('link', { name: 'new' })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '1 new' }));
    expect(screen.getByRole('link', { name: 'new' })).toBeInTheDocument();
  });

  it('goes from row to row by keys, but not while a text is typed', async () => {
    openWorkbench(
      PATH,
      new FakeApi({
        listPipelines: () => pipelinePage([failed, aSummary({ name: 'b' })]),
      }),
    );
    const shop = await screen.findByRole('link', { name: 'shop' });
    await userEvent.keyboard('j');
    expect(shop).toHaveFocus();
    await userEvent.keyboard('jj');
    expect(screen.getByRole('link', { name: 'b' })).toHaveFocus();
    await userEvent.keyboard('k');
    expect(shop).toHaveFocus();
    await userEvent.keyboard('/');
    const search = screen.getByRole('searchbox', { name: 'Search pipelines' });
    expect(search).toHaveFocus();
    await userEvent.keyboard('j');
    expect(search).toHaveValue('j');
  });

  it('remembers hidden columns', async () => {
    openWorkbench(
      PATH,
      new FakeApi({
        listPipelines: () => pipelinePage([failed, aSummary({ name: 'b' })]),
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Columns and density' }),
    );
    await userEvent.click(screen.getByRole('checkbox', { name: 'Cause' }));
    expect(
      screen.queryByText('Cause', { selector: 'th' }),
    ).not.toBeInTheDocument();
  });
});

describe('running from the list', () => {
  it('runs at once without parameters, and once for two clicks', async () => {
    const api = new FakeApi({
      listPipelines: () => pipelinePage([failed]),
      startRun: () => aRun({ number: undefined, state: 'queued' }),
    });
    const { toasts } = openWorkbench(PATH, api);
    await userEvent.dblClick(
      await screen.findByRole('button', { name: 'Run shop' }),
    );
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(api.asked('startRun')).toHaveLength(1);
    expect(api.asked('startRun')[0].body).toMatchObject({
      parameters: {},
      idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(toasts[0]).toMatchObject({
      title: 'A run of shop is requested.',
      links: [
        {
          href: '/workbench/pipelines/team-a/pipeline/shop/runs/00000000-0000-4000-8000-000000000042',
        },
      ],
    });
  });

  it('tells why a run did not start, and tries again with the same key', async () => {
    const api = new FakeApi({
      listPipelines: () => pipelinePage([failed]),
      startRun: () => refusal(503, 'Jenkins "ci" did not answer.'),
    });
    const { toasts } = openWorkbench(PATH, api);
    const run = await screen.findByRole('button', { name: 'Run shop' });
    await userEvent.click(run);
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(toasts[0]).toMatchObject({
      title: 'shop was not run.',
      status: 'danger',
    });
    await userEvent.click(run);
    await waitFor(() => expect(toasts).toHaveLength(2));
    const [first, second] = api.asked('startRun').map(({ body }) => body);
    expect(first).toEqual(second);
  });

  it('does not run what the reader may not run, and says who helps', async () => {
    const api = new FakeApi({
      listPipelines: () => pipelinePage([aSummary({ can: VIEWER })]),
    });
    openWorkbench(PATH, api);
    const run = await screen.findByRole('button', { name: 'Run shop' });
    await userEvent.click(run);
    expect(api.asked('startRun')).toHaveLength(0);
    await userEvent.hover(run);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'You need "amamba.run.start" in Team A. Ask Bo.',
    );
  });
});

describe('deleting a pipeline', () => {
  it('says what is lost and wants the name typed', async () => {
    const api = new FakeApi({
      listPipelines: () => pipelinePage([failed]),
      getPipeline: () =>
        aPipeline({ statistics: { total: 312, succeeded: 300 } }),
      deletePipeline: () => undefined,
    });
    const { toasts } = openWorkbench(PATH, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for shop' }),
    );
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'Delete shop' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Delete shop?' });
    expect(dialog).toHaveTextContent('312 runs are deleted');
    expect(dialog).toHaveTextContent(
      'The repository https://git.example/shop.git',
    );
    expect(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    ).toHaveFocus();
    const confirm = within(dialog).getByRole('button', { name: 'Delete shop' });
    expect(confirm).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(confirm);
    expect(api.asked('deletePipeline')).toHaveLength(0);
    await userEvent.type(within(dialog).getByRole('textbox'), 'shop');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(toasts[0]).toMatchObject({ title: 'shop is deleted.' }),
    );
    expect(api.asked('deletePipeline')[0].params).toEqual({
      workspace: 'team-a',
      pipeline: 'shop',
    });
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });
});
