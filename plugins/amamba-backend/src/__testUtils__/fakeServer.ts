import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'http';
import type { AddressInfo } from 'net';
import { text } from 'stream/consumers';

/** A request as the fake saw it. */
export interface SeenRequest {
  method: string;
  /** path with query, as sent */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type FakeHandler = (
  request: SeenRequest,
  response: ServerResponse,
) => void | Promise<void>;

/** An HTTP server on loopback that answers as a test wants. */
export class FakeServer {
  readonly #server: Server;
  readonly seen: SeenRequest[] = [];
  handler: FakeHandler = (_request, response) => {
    response.statusCode = 404;
    response.end();
  };

  private constructor() {
    this.#server = createServer(async (incoming, response) => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: await text(incoming),
      };
      this.seen.push(request);
      await this.handler(request, response);
    });
  }

  static async start(): Promise<FakeServer> {
    const fake = new FakeServer();
    await new Promise<void>(resolve =>
      fake.#server.listen(0, '127.0.0.1', resolve),
    );
    return fake;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
