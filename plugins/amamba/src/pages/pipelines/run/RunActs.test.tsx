import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { giveElementsHeight } from '../../../components/__testUtils__/elementSize';
import { aPipeline, aRun, VIEWER } from '../../../__testUtils__/data';
import { openWorkbench } from '../../../__testUtils__/render';
import {
  apiOf,
  APPROVAL,
  BASE,
  detail,
  openRun,
} from './__testUtils__/runPage';

describe('what can be done with a run', () => {
  giveElementsHeight(400);

  it('cancels after saying what will happen', async () => {
    const cancelRun = jest.fn(() => detail({ state: 'running' }));
    const { user } = openRun(`${BASE}/42`, {
      run: { state: 'running', durationMs: undefined, endedAt: undefined },
      answers: { cancelRun },
    });
    await user.click(
      await screen.findByRole('button', { name: 'Cancel run #42' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Cancel run #42?' });
    expect(dialog).toHaveTextContent('"Unit tests" is stopped.');
    expect(dialog).toHaveTextContent('Post actions still run.');
    expect(cancelRun).not.toHaveBeenCalled();
    await user.click(
      within(dialog).getByRole('button', { name: 'Cancel run #42' }),
    );
    await waitFor(() =>
      expect(cancelRun).toHaveBeenCalledWith(
        expect.objectContaining({ body: { force: 'stop' } }),
      ),
    );
    expect(
      await screen.findByRole('button', { name: 'Cancel requested' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('offers to cancel harder when the run goes on all the same', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const cancelRun = jest.fn(() => detail({ state: 'running' }));
    openWorkbench(
      `${BASE}/42`,
      apiOf({
        run: { state: 'running', durationMs: undefined, endedAt: undefined },
        answers: { cancelRun },
      }),
    );
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const names = [
      'Cancel run #42',
      'Cancel #42 without waiting for its step',
      'Kill #42',
    ];
    for (const name of names) {
      await user.click(await screen.findByRole('button', { name }));
      const dialog = screen.getByRole('dialog', { name: `${name}?` });
      await user.click(within(dialog).getByRole('button', { name }));
      await screen.findByRole('button', { name: 'Cancel requested' });
      act(() => jest.advanceTimersByTime(20_000));
    }
    expect(
      cancelRun.mock.calls.map((call: unknown[]) => call[0]),
    ).toMatchObject([
      { body: { force: 'stop' } },
      { body: { force: 'term' } },
      { body: { force: 'kill' } },
    ]);
    jest.useRealTimers();
  });

  it('reruns from a stage, once, and links to the new run', async () => {
    const rerun = jest.fn(() => aRun({ number: 44, state: 'queued' }));
    const { user, toasts } = openRun(`${BASE}/42`, {
      run: { restartableStages: ['Build', 'Unit tests'] },
      answers: { rerun },
    });
    await user.click(await screen.findByRole('button', { name: 'Rerun' }));
    await user.click(
      screen.getByRole('menuitem', { name: 'Restart from "Unit tests"' }),
    );
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(rerun).toHaveBeenCalledWith({
      params: { workspace: 'team-a', pipeline: 'shop', run: '42' },
      body: {
        fromStage: 'Unit tests',
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(toasts[0].links).toEqual([
      { label: 'Open run', href: `/workbench${BASE}/44` },
    ]);
  });

  it('asks again for passwords, which are not kept, when it repeats a run', async () => {
    const startRun = jest.fn(() => aRun({ number: 44, state: 'queued' }));
    const parameters = [
      { name: 'ENV', type: 'choice' as const, choices: ['dev', 'staging'] },
      { name: 'TOKEN', type: 'password' as const, hasDefault: true },
    ];
    const { user, api, toasts } = openRun(`${BASE}/42`, {
      answers: {
        getPipeline: () =>
          aPipeline({ hasParameters: true, declaredParameters: parameters }),
        getRunForm: () => ({ parameters, lastValues: {}, queued: 0 }),
        startRun,
      },
    });
    const button = await screen.findByRole('button', { name: 'Rerun' });
    await user.click(button);
    const dialog = await screen.findByRole('dialog', { name: 'Run shop' });
    expect(
      await within(dialog).findByText(/Passwords of a run are not kept/),
    ).toBeInTheDocument();
    expect(
      within(dialog).getByRole('radio', { name: 'Run #42' }),
    ).toBeChecked();
    expect(within(dialog).getByLabelText('ENV')).toHaveValue('staging');
    await user.type(within(dialog).getByLabelText('TOKEN'), 'again');
    await user.click(within(dialog).getByRole('button', { name: 'Run shop' }));
    await waitFor(() => expect(toasts).toHaveLength(1));
    expect(startRun).toHaveBeenCalledWith(
      expect.objectContaining({
        body: expect.objectContaining({
          parameters: { ENV: 'staging', TOKEN: 'again' },
        }),
      }),
    );
    expect(api.asked('rerun')).toEqual([]);
  });

  it('says to a viewer why an act is not possible', async () => {
    const { user, api } = openRun(`${BASE}/42`, {
      answers: { getPipeline: () => aPipeline({ can: VIEWER }) },
    });
    const button = await screen.findByRole('button', { name: 'Rerun' });
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'true'),
    );
    await user.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'You need "amamba.run.start" in Team A. Ask Bo.',
    );
    await user.click(button);
    expect(api.asked('rerun')).toEqual([]);
  });

  it('decides on an approval, and says when somebody else did', async () => {
    let approvals = [APPROVAL, { ...APPROVAL, id: 'Other', message: 'Other?' }];
    const decide = jest.fn(() => {
      approvals = approvals.slice(1);
      return detail({ state: 'waiting', approvals });
    });
    const { user, signals } = openRun(`${BASE}/42`, {
      answers: {
        getRun: () => detail({ state: 'waiting', approvals }),
        decide,
      },
    });
    const first = await screen.findByRole('region', {
      name: 'Deploy to prod?',
    });
    await user.click(within(first).getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(first).not.toBeInTheDocument());
    const other = screen.getByRole('region', { name: 'Other?' });
    approvals = [];
    act(() =>
      signals.send({
        type: 'run',
        workspace: 'team-a',
        pipeline: 'shop',
        run: aRun().id,
      }),
    );
    expect(
      await within(other).findByText('This was decided meanwhile.'),
    ).toBeVisible();
    expect(
      within(other).queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('shows what was last seen while the engine is down, and acts on nothing', async () => {
    openRun(`${BASE}/42`, {
      run: {
        state: 'running',
        durationMs: undefined,
        endedAt: undefined,
        stale: { problem: 'Jenkins "ci" did not answer.' },
      },
    });
    await waitFor(() =>
      expect(
        screen.getByText(/Jenkins "ci" did not answer\./),
      ).toHaveTextContent(/^ci /),
    );
    expect(
      screen.getByRole('button', { name: 'Cancel run #42' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });
});
