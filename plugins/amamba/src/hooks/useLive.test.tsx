import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { FakeSignals } from '../__testUtils__/FakeSignals';
import { POLL_MS, useLive, type LiveOptions } from './useLive';

const change = { type: 'run', workspace: 'a', pipeline: 'p' } as const;

/** Answers by hand, in the order of the questions. */
class Answers {
  readonly asked: {
    signal: AbortSignal;
    resolve: (value: string) => void;
    reject: (error: Error) => void;
  }[] = [];

  load = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      this.asked.push({ signal, resolve, reject });
    });

  async answer(index: number, value: string | Error): Promise<void> {
    await act(async () => {
      const question = this.asked[index];
      if (typeof value === 'string') question.resolve(value);
      else question.reject(value);
    });
  }
}

function setUp(options: LiveOptions, signals?: FakeSignals) {
  const answers = new Answers();
  const wrapper = (props: PropsWithChildren<{}>) =>
    signals ? (
      <TestApiProvider apis={[[signalApiRef, signals]]}>
        {props.children}
      </TestApiProvider>
    ) : (
      <TestApiProvider apis={[]}>{props.children}</TestApiProvider>
    );
  const hook = renderHook(
    (current: LiveOptions) => useLive(answers.load, current),
    { wrapper, initialProps: options },
  );
  return { answers, ...hook };
}

function setVisible(visible: boolean) {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: visible ? 'visible' : 'hidden',
  });
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

describe('useLive', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    setVisible(true);
  });
  afterEach(() => jest.useRealTimers());

  it('loads, and loads again on a signal that matters, keeping the data', async () => {
    const signals = new FakeSignals();
    const { answers, result } = setUp(
      { key: 'k', matches: ({ workspace }) => workspace === 'a' },
      signals,
    );
    expect(result.current).toMatchObject({ loading: true, status: 'live' });
    await answers.answer(0, 'one');
    expect(result.current).toMatchObject({
      data: 'one',
      dataKey: 'k',
      loading: false,
      refreshing: false,
    });

    act(() => signals.send({ ...change, workspace: 'b' }));
    await act(() => jest.advanceTimersByTimeAsync(59_000));
    expect(answers.asked).toHaveLength(1);

    act(() => signals.send(change));
    expect(result.current).toMatchObject({ data: 'one', refreshing: true });
    await answers.answer(1, 'two');
    expect(result.current.data).toBe('two');
  });

  it('asks once for many signals, and again after those that came meanwhile', async () => {
    const signals = new FakeSignals();
    const { answers, result } = setUp({ key: 'k' }, signals);
    act(() => signals.send(change));
    act(() => signals.send(change));
    expect(answers.asked).toHaveLength(1);
    await answers.answer(0, 'old');
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(answers.asked).toHaveLength(2);
    await answers.answer(1, 'new');
    expect(result.current.data).toBe('new');
  });

  it('polls where there are no signals, while the tab is visible only', async () => {
    const { answers, result } = setUp({ key: 'k' });
    await answers.answer(0, 'one');
    expect(result.current.status).toBe('polling');
    await act(() => jest.advanceTimersByTimeAsync(POLL_MS));
    expect(answers.asked).toHaveLength(2);
    await answers.answer(1, 'two');

    setVisible(false);
    expect(result.current.status).toBe('paused');
    await act(() => jest.advanceTimersByTimeAsync(10 * POLL_MS));
    expect(answers.asked).toHaveLength(2);

    setVisible(true);
    expect(answers.asked).toHaveLength(3);
  });

  it('notices that signals do not come, polls, and goes back when one comes', async () => {
    const signals = new FakeSignals();
    const { answers, result } = setUp({ key: 'k' }, signals);
    await answers.answer(0, 'one');
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    await answers.answer(1, 'one');
    expect(result.current.status).toBe('live');

    await act(() => jest.advanceTimersByTimeAsync(60_000));
    await answers.answer(2, 'two');
    expect(result.current).toMatchObject({ status: 'polling', data: 'two' });
    await answers.answer(3, 'two');
    await act(() => jest.advanceTimersByTimeAsync(POLL_MS));
    expect(answers.asked).toHaveLength(5);
    await answers.answer(4, 'three');

    act(() => signals.send(change));
    expect(result.current.status).toBe('live');
  });

  it('keeps the data when newer does not come, and asks less often', async () => {
    const { answers, result } = setUp({ key: 'k' });
    await answers.answer(0, 'one');
    await act(() => jest.advanceTimersByTimeAsync(POLL_MS));
    await answers.answer(1, new Error('down'));
    expect(result.current).toMatchObject({
      data: 'one',
      error: expect.objectContaining({ message: 'down' }),
    });
    await act(() => jest.advanceTimersByTimeAsync(POLL_MS));
    expect(answers.asked).toHaveLength(2);
    await act(() => jest.advanceTimersByTimeAsync(POLL_MS));
    expect(answers.asked).toHaveLength(3);
    await answers.answer(2, 'two');
    expect(result.current.error).toBeUndefined();
  });

  it('tries again when asked to', async () => {
    const { answers, result } = setUp({ key: 'k' }, new FakeSignals());
    await answers.answer(0, new Error('down'));
    expect(result.current).toMatchObject({ loading: false });
    act(() => result.current.retry());
    await answers.answer(1, 'one');
    expect(result.current).toMatchObject({ data: 'one', error: undefined });
  });

  it('does not wait for a slow answer when asked to try again', async () => {
    const { answers, result } = setUp({ key: 'k' }, new FakeSignals());
    act(() => result.current.retry());
    expect(answers.asked[0].signal.aborted).toBe(true);
    await answers.answer(1, 'new');
    await answers.answer(0, 'old');
    expect(result.current.data).toBe('new');
  });

  it('aborts what is of no use any more, and does not show it', async () => {
    const { answers, result, rerender } = setUp(
      { key: 'a', identity: 'x' },
      new FakeSignals(),
    );
    await answers.answer(0, 'a of x');
    rerender({ key: 'b', identity: 'x' });
    expect(result.current).toMatchObject({ data: 'a of x', dataKey: 'a' });
    rerender({ key: 'c', identity: 'y' });
    expect(answers.asked[1].signal.aborted).toBe(true);
    expect(result.current).toMatchObject({ data: undefined, loading: true });
    await answers.answer(1, 'b of x');
    expect(result.current.data).toBeUndefined();
    await answers.answer(2, 'c of y');
    expect(result.current).toMatchObject({ data: 'c of y', dataKey: 'c' });
  });

  it('stops when the page is left', async () => {
    const { answers, unmount } = setUp({ key: 'k' });
    unmount();
    expect(answers.asked[0].signal.aborted).toBe(true);
    await answers.answer(0, 'late');
    await act(() => jest.advanceTimersByTimeAsync(10 * POLL_MS));
    expect(answers.asked).toHaveLength(1);
  });

  it('asks once for what does not change', async () => {
    const signals = new FakeSignals();
    const { answers, result } = setUp({ key: 'k', watch: false }, signals);
    await answers.answer(0, 'one');
    act(() => signals.send(change));
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    setVisible(false);
    setVisible(true);
    expect(answers.asked).toHaveLength(1);
    await waitFor(() => expect(result.current.status).toBe('paused'));
  });
});
