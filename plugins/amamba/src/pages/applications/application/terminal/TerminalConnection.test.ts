import type {
  TerminalEvent,
  TerminalInput,
} from '@amamba/backstage-plugin-amamba-common';
import { TerminalConnection, type TerminalState } from './TerminalConnection';

const SIZE = { columns: 80, rows: 24 };

/** An answer that the test fills, and can break. */
function answer() {
  let fill!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      fill = controller;
    },
  });
  const encoder = new TextEncoder();
  return {
    response: { body } as Response,
    send: (event: TerminalEvent) =>
      fill.enqueue(encoder.encode(`${JSON.stringify(event)}\n`)),
    break: () => fill.error(new TypeError('network error')),
    end: () => fill.close(),
  };
}

const settle = async () => {
  for (let n = 0; n < 20; n++) await Promise.resolve();
};

function connect(write: (input: TerminalInput) => Promise<void>) {
  const answers = [answer(), answer()];
  const states: TerminalState[] = [];
  const printed: string[] = [];
  const close = jest.fn(async () => {});
  let reads = 0;
  const connection = new TerminalConnection({
    calls: {
      open: async () => ({ id: 'one', pod: 'p', container: 'c' }),
      read: async () => answers[reads++].response,
      write: (_id, input) => write(input),
      close,
    },
    print: text => printed.push(text),
    report: state => states.push(state),
    retryMs: 1,
  });
  return { connection, answers, states, printed, close };
}

describe('TerminalConnection', () => {
  it('prints, and says how it ended', async () => {
    const { connection, answers, states, printed } = connect(async () => {});
    const over = connection.run(SIZE);
    answers[0].send({ type: 'output', text: '$ ' });
    answers[0].send({ type: 'ended', reason: 'exited', code: 0 });
    await over;
    expect(printed).toEqual(['$ ']);
    expect(states.map(({ status }) => status)).toEqual([
      ...['connecting', 'connected', 'ended'],
    ]);
  });

  it('sends what is typed in its order, one call at a time', async () => {
    const sent: TerminalInput[] = [];
    const finish: (() => void)[] = [];
    const { connection } = connect(
      input =>
        new Promise(resolve => {
          sent.push(input);
          finish.push(resolve);
        }),
    );
    void connection.run(SIZE);
    await settle();
    connection.type('a');
    connection.type('b');
    connection.type('c');
    connection.resize(100, 30);
    await settle();
    expect(sent).toEqual([{ type: 'data', data: 'a' }]);
    finish[0]();
    await settle();
    finish[1]();
    await settle();
    expect(sent.slice(1)).toEqual([
      { type: 'resize', columns: 100, rows: 30 },
      { type: 'data', data: 'bc' },
    ]);
  });

  it('reads on after the connection broke', async () => {
    const { connection, answers, states, printed } = connect(async () => {});
    const over = connection.run(SIZE);
    answers[0].send({ type: 'output', text: 'one ' });
    await settle();
    answers[0].break();
    answers[1].send({ type: 'output', text: 'two' });
    answers[1].send({ type: 'ended', reason: 'closed' });
    await over;
    expect(printed.join('')).toBe('one two');
    expect(states.map(({ status }) => status)).toEqual([
      ...['connecting', 'connected', 'interrupted', 'connected', 'ended'],
    ]);
  });

  it('is closed when the page goes', async () => {
    const { connection, close } = connect(async () => {});
    void connection.run(SIZE);
    await settle();
    connection.leave();
    expect(close).toHaveBeenCalledWith('one');
  });
});
