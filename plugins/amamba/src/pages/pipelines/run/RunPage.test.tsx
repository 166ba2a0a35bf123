import { act, screen, waitFor, within } from '@testing-library/react';
import { giveElementsHeight } from '../../../components/__testUtils__/elementSize';
import { FakeLog } from '../../../components/LogViewer/__testUtils__/fakeLog';
import { aRun } from '../../../__testUtils__/data';
import { refusal } from '../../../__testUtils__/FakeApi';
import { address } from '../../../__testUtils__/render';
import { BASE, detail, openRun, RUN } from './__testUtils__/runPage';

describe('the page of a run', () => {
  giveElementsHeight(400);

  it('answers first: what, where, how long, why', async () => {
    openRun(`${BASE}/42`, {
      run: {
        error: 'CartTest.total: expected 12 but was 11\n  at CartTest.ts:41',
        tests: { total: 418, failed: 2, skipped: 12 },
        artifacts: 3,
        previous: 41,
        next: 43,
      },
    });
    expect(
      await screen.findByRole('heading', { level: 2, name: 'shop #42' }),
    ).toBeVisible();
    expect(
      screen.getByText('Failed in "Unit tests" after 6m 12s'),
    ).toBeVisible();
    expect(
      screen.getByText(/CartTest\.total: expected 12 but was 11/),
    ).toBeVisible();
    expect(screen.getByText('3f2a1c0')).toBeVisible();
    expect(screen.getByText('ENV=staging')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Tests 2/418' })).toHaveAttribute(
      'href',
      `${RUN}/tests`,
    );
    expect(screen.getByRole('link', { name: 'Show 2 tests' })).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Run #41, before this one' }),
    ).toBeVisible();
  });

  it('opens on the stage and step that failed, at the end of its log', async () => {
    const { api } = openRun(`${BASE}/42`);
    const log = await screen.findByRole('log', { name: 'Log of npm test' });
    expect(await within(log).findByText('last line')).toBeVisible();
    expect(api.asked('listRunSteps')[0].query).toEqual({ stage: '2' });
    expect(api.asked('getRunLog')[0].query).toMatchObject({
      node: 's2',
      tail: 'true',
    });
    expect(
      screen.getByRole('button', { name: /^Unit tests, failed/ }),
    ).toHaveAttribute('aria-current', 'true');
    expect(address()).toBe(RUN);
  });

  it('keeps what the reader chose in the address, and goes on from it', async () => {
    const { user } = openRun(`${BASE}/42?stage=1`);
    await user.click(await screen.findByRole('button', { name: /npm ci/ }));
    expect(address()).toBe(`${RUN}?stage=1&step=s1`);
    const log = await screen.findByRole('log', { name: 'Log of npm ci' });
    await user.click(within(log).getByRole('link', { name: 'Link to line 2' }));
    expect(address()).toBe(`${RUN}?stage=1&step=s1#L2`);
    await user.click(screen.getByRole('button', { name: /^Deploy/ }));
    expect(address()).toBe(`${RUN}?stage=3`);
    await user.click(
      screen.getByRole('button', { name: 'Whole log of the run' }),
    );
    expect(address()).toBe(`${RUN}?stage=~all`.replace('~', '%7E'));
    expect(
      await screen.findByRole('log', { name: /Whole log of the run/ }),
    ).toBeVisible();
  });

  it('opens at the line of the address', async () => {
    const text = Array.from({ length: 9000 }, (_, i) => `line ${i + 1}\n`);
    openRun(`${BASE}/42?stage=2&step=s2#L7000`, {
      log: new FakeLog(text.join('')),
    });
    const log = await screen.findByRole('log');
    expect(await within(log).findByText('line 7000')).toBeVisible();
  });

  it('goes from the tests to the line of the error', async () => {
    const { user } = openRun(`${BASE}/42/parameters`, {
      run: { error: 'FAIL CartTest' },
    });
    await user.click(await screen.findByRole('button', { name: 'Show line' }));
    await waitFor(() => expect(address()).toBe(`${RUN}?stage=2&step=s2#L2`));
  });

  it('replaces the id of a queued run by its number', async () => {
    const { id } = aRun();
    let run = detail({
      number: undefined,
      state: 'queued',
      startedAt: undefined,
      endedAt: undefined,
      durationMs: undefined,
      queueReason: 'Waiting for next available executor',
    });
    const { signals, api } = openRun(`${BASE}/${id}`, {
      answers: { getRun: () => run },
    });
    expect(await screen.findByText(/The run waits in the queue/)).toBeVisible();
    expect(
      screen.getByText('Waiting for next available executor'),
    ).toBeVisible();
    expect(api.asked('getRunLog')).toEqual([]);
    run = detail({
      state: 'running',
      durationMs: undefined,
      endedAt: undefined,
    });
    act(() =>
      signals.send({
        type: 'run',
        workspace: 'team-a',
        pipeline: 'shop',
        run: id,
      }),
    );
    await waitFor(() => expect(address()).toBe(RUN));
    expect(
      await screen.findByRole('heading', { level: 2, name: 'shop #42' }),
    ).toBeVisible();
  });

  it('says that there is no such run', async () => {
    openRun(`${BASE}/7`, {
      answers: { getRun: () => refusal(404, 'No run #7 of shop.') },
    });
    expect(await screen.findByText('No run #7 of shop.')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'All runs of shop' }),
    ).toHaveAttribute('href', '/workbench/pipelines/team-a/pipeline/shop');
  });
});
