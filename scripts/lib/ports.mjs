/** TCP ports on the loopback interface. */
import { connect, createServer } from 'node:net';

/** A port that nobody listens on now. Somebody else may take it before it is used: retry then. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody listens on the port. */
export function isTaken(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}

/** Whether a TCP connection to the port opens. */
function opens(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Resolves with true when `check` does, asked every `everyMs`; with false after `timeoutMs`, or when `ended` resolves first. */
export async function waitFor(check, { timeoutMs, ended, everyMs = 100 }) {
  const until = Date.now() + timeoutMs;
  let isOver = false;
  ended?.then(() => (isOver = true));
  while (Date.now() < until && !isOver) {
    if (await check()) return true;
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  return false;
}

/** Waits until somebody listens on the port. */
export const waitForPort = (port, options) =>
  waitFor(() => opens(port), options);

/** Waits until an address answers with a 2xx status. */
export const waitForHttp = (url, options) =>
  waitFor(
    () =>
      fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
        async response => {
          await response.arrayBuffer();
          return response.ok;
        },
        () => false,
      ),
    { everyMs: 500, ...options },
  );
