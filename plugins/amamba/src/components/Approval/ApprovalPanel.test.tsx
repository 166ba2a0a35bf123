import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Approval } from '@amamba/backstage-plugin-amamba-common';
import { refusal } from '../../__testUtils__/FakeApi';
import { amambaApiRef, type AmambaApi } from '../../api';
import { ApprovalPanel } from './ApprovalPanel';

const APPROVAL: Approval = {
  id: 'Deploy',
  message: 'Deploy to prod?',
  okLabel: 'Proceed',
  stage: 'Deploy',
  approvers: [],
  parameters: [
    { name: 'WINDOW', type: 'choice', choices: ['now', 'tonight'] },
    { name: 'TOKEN', type: 'password', hasDefault: false },
  ],
  mayDecide: true,
};

async function show(
  approval: Partial<Approval> = {},
  call: jest.Mock = jest.fn().mockResolvedValue({ id: 'run' }),
  decided = false,
) {
  const onDecided = jest.fn();
  const api: AmambaApi = { call, open: jest.fn() };
  await renderInTestApp(
    <ApprovalPanel
      workspace="team-a"
      pipeline="shop"
      run={42}
      approval={{ ...APPROVAL, ...approval }}
      decided={decided}
      onDecided={onDecided}
    />,
    {
      apis: [[amambaApiRef, api]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
  return { call, onDecided };
}

describe('ApprovalPanel', () => {
  it('says what follows, and approves with the values and the reason', async () => {
    const { call, onDecided } = await show();
    const user = userEvent.setup();
    expect(
      screen.getByRole('region', { name: 'Deploy to prod?' }),
    ).toBeVisible();
    expect(
      screen.getByText(/Approve: Deploy goes on with WINDOW=now, TOKEN\./),
    ).toBeVisible();
    expect(screen.getByText(/Reject: the run is cancelled\./)).toBeVisible();
    await user.selectOptions(screen.getByLabelText('WINDOW'), 'tonight');
    await user.type(screen.getByLabelText('TOKEN'), 'secret');
    await user.type(
      screen.getByLabelText('Reason (audited)'),
      ' window is open ',
    );
    expect(screen.queryByText(/secret/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(onDecided).toHaveBeenCalledWith({ id: 'run' }));
    expect(call).toHaveBeenCalledTimes(1);
    expect(call).toHaveBeenCalledWith('decide', {
      params: {
        workspace: 'team-a',
        pipeline: 'shop',
        run: '42',
        approval: 'Deploy',
      },
      body: {
        decision: 'approve',
        parameters: { WINDOW: 'tonight', TOKEN: 'secret' },
        reason: 'window is open',
      },
    });
  });

  it('rejects without values', async () => {
    const { call, onDecided } = await show();
    await userEvent.click(screen.getByRole('button', { name: 'Reject' }));
    await waitFor(() => expect(onDecided).toHaveBeenCalled());
    expect(call.mock.calls[0][1].body).toEqual({
      decision: 'reject',
      parameters: {},
    });
  });

  it('says who was faster, and takes the buttons away', async () => {
    const call = jest.fn(() =>
      refusal(409, 'Bo approved this 5 seconds ago.', 'ConflictError'),
    );
    const { onDecided } = await show({}, call);
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText('Bo approved this 5 seconds ago.'),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Approve|Reject/ }),
    ).not.toBeInTheDocument();
    expect(onDecided).not.toHaveBeenCalled();
  });

  it('keeps the buttons when it failed', async () => {
    const call = jest
      .fn()
      .mockRejectedValue(new Error('Jenkins "ci" did not answer.'));
    await show({}, call);
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText(/Jenkins "ci" did not answer\./),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeVisible();
  });

  it('says why the reader may not, and who may', async () => {
    const { call } = await show({
      approvers: ['group:default/release-managers', 'ann'],
      mayDecide: false,
      reason: 'Only release-managers and ann may decide.',
    });
    const button = screen.getByRole('button', { name: 'Approve' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(
      screen.getByText('Only release-managers and ann may decide.'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: /release-managers/ }),
    ).toBeVisible();
    expect(screen.getByText(/ann \(Jenkins\)/)).toBeVisible();
    expect(screen.queryByLabelText('WINDOW')).not.toBeInTheDocument();
    await userEvent.click(button);
    expect(call).not.toHaveBeenCalled();
  });

  it('says that it was decided meanwhile', async () => {
    await show({}, undefined, true);
    expect(screen.getByText('This was decided meanwhile.')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });
});
