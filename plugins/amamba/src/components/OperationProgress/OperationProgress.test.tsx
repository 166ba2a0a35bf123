import { screen } from '@testing-library/react';
import type { Operation } from '@amamba/backstage-plugin-amamba-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { FakeApi } from '../../__testUtils__/FakeApi';
import { FakeSignals } from '../../__testUtils__/FakeSignals';
import { amambaApiRef } from '../../api';
import { OperationProgress } from './OperationProgress';

const ID = '00000000-0000-4000-8000-000000000001';

function anOperation(values: Partial<Operation> = {}): Operation {
  return {
    id: ID,
    kind: 'helm.install',
    object: 'prod/shop',
    state: 'running',
    steps: [],
    startedAt: '2026-11-03T13:00:00.000Z',
    startedBy: 'user:default/ann',
    ...values,
  };
}

const STEP = {
  text: 'Waiting for Deployment/shop',
  at: '2026-11-03T13:00:01.000Z',
};

function open(api: FakeApi) {
  const signals = new FakeSignals();
  const ended: string[] = [];
  renderInTestApp(
    <OperationProgress
      workspace="team-a"
      operation={anOperation()}
      onDone={() => ended.push('done')}
      onFailed={() => ended.push('failed')}
    />,
    {
      apis: [
        [amambaApiRef, api],
        [signalApiRef, signals],
      ],
    },
  );
  return { signals, ended };
}

describe('progress of an operation', () => {
  it('follows the steps by signals, and says once when it is done', async () => {
    const api = new FakeApi({
      getOperation: () =>
        anOperation({ steps: [{ ...STEP, state: 'running' }] }),
    });
    const { signals, ended } = open(api);
    expect(await screen.findByText(STEP.text)).toBeInTheDocument();
    expect(ended).toEqual([]);
    api.answer({
      getOperation: () =>
        anOperation({ state: 'done', steps: [{ ...STEP, state: 'done' }] }),
    });
    const change = { type: 'operation', workspace: 'team-a' } as const;
    signals.send({ ...change, operation: ID });
    expect(await screen.findByText('prod/shop: done')).toBeInTheDocument();
    signals.send({ ...change, operation: ID });
    expect(ended).toEqual(['done']);
  });

  it('says why it failed and what to do', async () => {
    const { ended } = open(
      new FakeApi({
        getOperation: () =>
          anOperation({
            state: 'failed',
            problem: 'hook migrate failed.',
            remedy: 'Read the log of Job/migrate.',
          }),
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('hook migrate failed.');
    expect(alert).toHaveTextContent('Read the log of Job/migrate.');
    expect(ended).toEqual(['failed']);
  });
});
