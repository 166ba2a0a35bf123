import { screen, waitFor } from '@testing-library/react';
import { giveElementsHeight } from '../../../components/__testUtils__/elementSize';
import { address } from '../../../__testUtils__/render';
import { BASE, openRun, RUN } from './__testUtils__/runPage';

describe('tests and artifacts of a run', () => {
  giveElementsHeight(400);

  it('shows failed tests first, new ones marked', async () => {
    const { api, user } = openRun(`${BASE}/42/tests`, {
      run: { tests: { total: 418, failed: 2, skipped: 12 } },
      answers: {
        getTestReport: () => ({
          summary: {
            total: 418,
            passed: 404,
            failed: 2,
            skipped: 12,
            regressions: 1,
            fixed: 0,
          },
          matching: 2,
          cases: [
            {
              id: '1',
              suite: 'jest',
              className: 'CartTest',
              name: 'total',
              status: 'regression',
              durationMs: 12,
              failingSince: 1,
              message: 'expected 12 but was 11',
              trace: 'at CartTest.ts:41',
            },
            {
              id: '2',
              suite: 'jest',
              className: 'PayTest',
              name: 'retry',
              status: 'failed',
              durationMs: 3,
              failingSince: 3,
              message: 'timeout',
            },
          ],
        }),
      },
    });
    expect(await screen.findByText('NEW')).toBeVisible();
    expect(api.asked('getTestReport')[0].query).toMatchObject({
      status: 'failed,regression',
    });
    expect(screen.getByText(/at CartTest\.ts:41/)).toBeVisible();
    expect(screen.getByText('failing for 3 runs')).toBeVisible();
    expect(screen.queryByText('timeout')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'PayTest.retry' }));
    expect(screen.getByText('timeout')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'New 1' }));
    await waitFor(() =>
      expect(api.asked('getTestReport').at(-1)?.query).toMatchObject({
        status: 'regression',
      }),
    );
    expect(address()).toBe(`${RUN}/tests?state=new`);
  });

  it('downloads an artifact with the token of the user', async () => {
    const { api, user } = openRun(`${BASE}/42/artifacts`, {
      answers: {
        listArtifacts: () => ({
          items: [
            {
              path: 'target/shop.jar',
              name: 'shop.jar',
              sizeBytes: 48_123_456,
            },
          ],
        }),
      },
    });
    const answer: Partial<Response> = { blob: async () => new Blob(['x']) };
    const stream = jest
      .spyOn(api, 'open')
      .mockResolvedValue(answer as Response);
    URL.createObjectURL = jest.fn(() => 'blob:x');
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => undefined);
    expect(await screen.findByText('46 MiB')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Download shop.jar' }));
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(stream).toHaveBeenCalledWith('downloadArtifact', {
      params: { workspace: 'team-a', pipeline: 'shop', run: '42' },
      query: { path: 'target/shop.jar' },
    });
    click.mockRestore();
  });
});
