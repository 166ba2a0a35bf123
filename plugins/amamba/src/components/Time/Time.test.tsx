import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { Ago, Duration } from './index';

const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('times', () => {
  beforeEach(() => {
    jest.useFakeTimers({
      now: NOW,
      doNotFake: ['performance', 'queueMicrotask'],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('tells how long ago, and the exact time on focus', async () => {
    await renderInTestApp(<Ago time="2026-11-24T09:57:00Z" />);
    const time = screen.getByText('3 min ago');
    expect(time).toHaveAttribute('dateTime', '2026-11-24T09:57:00Z');
    await act(async () => {
      time.focus();
      await jest.advanceTimersByTimeAsync(1000);
    });
    expect(screen.getByRole('tooltip')).toHaveTextContent(/09:57:00 UTC/);
  });

  it('goes on while it is looked at', async () => {
    await renderInTestApp(<Ago time="2026-11-24T09:57:05Z" />);
    expect(screen.getByText('2 min ago')).toBeVisible();
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    expect(screen.getByText('3 min ago')).toBeVisible();
  });

  it('counts what still runs, from 0 when clocks differ', async () => {
    await renderInTestApp(
      <>
        <Duration ms={372_000} />
        <Duration since="2026-11-24T10:00:01Z" />
      </>,
    );
    expect(screen.getByText('6m 12s')).toBeVisible();
    expect(screen.getByText('<1s')).toBeVisible();
    await act(() => jest.advanceTimersByTimeAsync(6_000));
    expect(screen.getByText('5s')).toBeVisible();
  });
});
