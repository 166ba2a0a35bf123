import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface Received<Body> {
  headers: http.IncomingHttpHeaders;
  body: Body;
}

/** A server that notes the JSON that is posted to it. */
export async function startReceiver<Body>(): Promise<{
  url: string;
  received: Received<Body>[];
  stop(): Promise<void>;
}> {
  const received: Received<Body>[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: Body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    received.push({ headers: request.headers, body });
    response.end();
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/events`,
    received,
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}
