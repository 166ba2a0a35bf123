import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { freePort, isTaken, waitForHttp, waitForPort } from './ports.mjs';

/** A server on the loopback interface that answers with the given status. */
async function listen(status) {
  const server = createServer((_request, response) =>
    response.writeHead(status).end(),
  );
  const port = await freePort();
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  return { port, close: () => new Promise(resolve => server.close(resolve)) };
}

test('a port is taken while somebody listens', async () => {
  const { port, close } = await listen(200);
  assert.equal(await isTaken(port), true);
  await close();
  assert.equal(await isTaken(port), false);
});

test('waiting for a port ends when it opens, after the time, or when its program has ended', async () => {
  const { port, close } = await listen(200);
  assert.equal(await waitForPort(port, { timeoutMs: 1_000 }), true);
  await close();
  assert.equal(await waitForPort(port, { timeoutMs: 150 }), false);
  const startMs = Date.now();
  assert.equal(
    await waitForPort(port, { timeoutMs: 10_000, ended: Promise.resolve() }),
    false,
  );
  assert.ok(Date.now() - startMs < 2_000);
});

test('an address is up only when it answers well', async () => {
  const good = await listen(204);
  assert.equal(
    await waitForHttp(`http://127.0.0.1:${good.port}/`, { timeoutMs: 1_000 }),
    true,
  );
  await good.close();
  const bad = await listen(503);
  assert.equal(
    await waitForHttp(`http://127.0.0.1:${bad.port}/`, { timeoutMs: 300 }),
    false,
  );
  await bad.close();
});
