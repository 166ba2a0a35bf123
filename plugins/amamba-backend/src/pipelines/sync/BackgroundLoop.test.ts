import { mockServices } from '@backstage/backend-test-utils';
import { createDeferred } from '@backstage/types';
import { BackgroundLoop } from './BackgroundLoop';

const PAUSE_MS = 1_000;

describe('BackgroundLoop', () => {
  const logger = mockServices.logger.mock();
  const act = jest.fn<Promise<number>, []>();
  let loop: BackgroundLoop;

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    act.mockReset().mockResolvedValue(PAUSE_MS);
    loop = new BackgroundLoop({ name: 'Looking', act, logger });
  });

  afterEach(async () => {
    await loop.stop();
    jest.useRealTimers();
  });

  /** The next turn ends when the test says so. */
  const slowTurn = () => {
    const turn = createDeferred<number>();
    act.mockReturnValueOnce(turn);
    return turn;
  };

  it('comes again after the pause that a turn asks for', async () => {
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(act).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(PAUSE_MS - 1);
    expect(act).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('comes at once when it is woken in its pause', async () => {
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    loop.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('woken during a turn, comes once more right after it, and never twice at a time', async () => {
    const turn = slowTurn();
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    loop.wake();
    loop.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(act).toHaveBeenCalledTimes(1);
    turn.resolve(PAUSE_MS);
    await jest.advanceTimersByTimeAsync(0);
    expect(act).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(PAUSE_MS - 1);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it.each([0, 1, 2, 3, 4])(
    'woken %d steps of the event loop after a turn has ended, comes once more',
    async steps => {
      const turn = slowTurn();
      loop.start();
      await jest.advanceTimersByTimeAsync(0);
      turn.resolve(PAUSE_MS);
      for (let i = 0; i < steps; i++) await undefined;
      loop.wake();
      await jest.advanceTimersByTimeAsync(0);
      expect(act).toHaveBeenCalledTimes(2);
    },
  );

  it('woken during a turn that fails, does not wait for long', async () => {
    const turn = slowTurn();
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    loop.wake();
    turn.reject(new Error('gone'));
    await jest.advanceTimersByTimeAsync(0);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('rests after a long turn, also when it is woken', async () => {
    const turn = slowTurn();
    loop.start();
    await jest.advanceTimersByTimeAsync(400);
    loop.wake();
    turn.resolve(PAUSE_MS);
    await jest.advanceTimersByTimeAsync(799);
    expect(act).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('tries again with growing pauses up to ten seconds, and says so once', async () => {
    act.mockRejectedValue(new Error('the database is gone'));
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      act.mockClear();
      await jest.advanceTimersByTimeAsync(pause - 1);
      expect(act).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(1);
      expect(act).toHaveBeenCalledTimes(1);
    }
    expect(logger.warn).toHaveBeenCalledTimes(1);
    act.mockResolvedValue(PAUSE_MS);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(logger.info).toHaveBeenCalledWith('Looking works again');
  });

  it('stops after what it is doing, and is not woken any more', async () => {
    const turn = slowTurn();
    loop.start();
    await jest.advanceTimersByTimeAsync(0);
    const stopped = jest.fn();
    const stopping = loop.stop().then(stopped);
    await jest.advanceTimersByTimeAsync(0);
    expect(stopped).not.toHaveBeenCalled();
    turn.resolve(0);
    await stopping;
    loop.wake();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(act).toHaveBeenCalledTimes(1);
  });
});
