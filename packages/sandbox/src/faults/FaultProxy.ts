import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What goes wrong with a request that fits. */
export interface ProxyFault {
  /** on method and path with query: `GET /api/v1/pods?watch=1` */
  pattern: RegExp;
  /** how often it strikes; absent: until it is removed */
  times?: number;
  effect:
    | { kind: 'latency'; ms: number }
    /** an answer of its own; nothing is passed on */
    | { kind: 'answer'; status: number; body: string; contentType?: string }
    /** the connection ends without a word */
    | { kind: 'drop' }
    /** passes on, and ends the connection after so many bytes of the answer */
    | { kind: 'half'; bytes: number }
    /** no answer ever */
    | { kind: 'hang' };
}

/** A request as the proxy saw it. */
export interface ProxiedRequest {
  method: string;
  /** path with query */
  url: string;
  headers: http.IncomingHttpHeaders;
}

/**
 * A proxy on loopback in front of a real server, which breaks what a test wants broken: slow, wrong, half or no answers, and connections that
 * are cut. Speaks plain HTTP to the client, and whatever the server speaks to the server; WebSockets pass.
 */
export class FaultProxy {
  readonly #target: URL;
  readonly #server: http.Server;
  readonly #agent: http.Agent;
  readonly #sockets = new Set<Duplex>();
  readonly #faults: ProxyFault[] = [];
  #isDown = false;
  /** every request that came, also those that were broken */
  readonly seen: ProxiedRequest[] = [];

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#agent =
      this.#target.protocol === 'https:'
        ? new https.Agent({ keepAlive: true, rejectUnauthorized: false })
        : new http.Agent({ keepAlive: true });
    this.#server = http.createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#server.on('upgrade', (request, socket: Socket, head) =>
      this.#upgrade(request, socket, head),
    );
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      if (this.#isDown) socket.destroy();
    });
  }

  /** @param target - address of the server; its certificate is not checked */
  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>(resolve =>
      proxy.#server.listen(0, '127.0.0.1', resolve),
    );
    return proxy;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** From now on this goes wrong. */
  add(fault: ProxyFault): void {
    this.#faults.push({ ...fault });
  }

  /** From now on nothing goes wrong. */
  heal(): void {
    this.#faults.length = 0;
    this.#isDown = false;
  }

  /** Ends all connections; new ones work. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends all connections, and every new one, until `heal`. */
  down(): void {
    this.#isDown = true;
    this.cut();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#agent.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** The faults that strike, each counted. */
  #strike(text: string): ProxyFault['effect'][] {
    const striking = this.#faults.filter(
      fault => fault.times !== 0 && fault.pattern.test(text),
    );
    for (const fault of striking) {
      if (fault.times !== undefined) fault.times--;
    }
    return striking.map(({ effect }) => effect);
  }

  async #answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    this.seen.push({ method, url, headers });
    let limit = Infinity;
    for (const effect of this.#strike(`${method} ${url}`)) {
      switch (effect.kind) {
        case 'latency':
          await new Promise(resolve => setTimeout(resolve, effect.ms));
          break;
        case 'answer':
          response.writeHead(effect.status, {
            'content-type': effect.contentType ?? 'application/json',
          });
          response.end(effect.body);
          return;
        case 'drop':
          request.socket.destroy();
          return;
        case 'half':
          limit = effect.bytes;
          break;
        default:
          return;
      }
    }
    await this.#forward(request, response, limit);
  }

  #options(request: http.IncomingMessage): https.RequestOptions {
    const { hostname, port, protocol } = this.#target;
    return {
      ...{ hostname, port, protocol, agent: this.#agent },
      method: request.method,
      path: request.url,
      headers: { ...request.headers, host: this.#target.host },
      rejectUnauthorized: false,
    };
  }

  #request(options: https.RequestOptions): http.ClientRequest {
    return options.protocol === 'https:'
      ? https.request(options)
      : http.request(options);
  }

  async #forward(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    limit: number,
  ): Promise<void> {
    const onward = this.#request(this.#options(request));
    request.pipe(onward);
    response.on('close', () => onward.destroy());
    const answer = await new Promise<http.IncomingMessage>(
      (resolve, reject) => {
        onward.once('response', resolve);
        onward.once('error', reject);
      },
    );
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    let passed = 0;
    answer.on('data', (chunk: Buffer) => {
      // Only as fast as it is read: a proxy that holds all would hide who does.
      if (!response.write(chunk.subarray(0, limit - passed))) answer.pause();
      passed += chunk.length;
      if (passed >= limit) request.socket.destroy();
    });
    response.on('drain', () => answer.resume());
    answer.on('end', () => response.end());
    answer.on('error', () => response.destroy());
  }

  #upgrade(request: http.IncomingMessage, socket: Socket, head: Buffer): void {
    const onward = this.#request({ ...this.#options(request), agent: false });
    onward.on('upgrade', (answer, upstream: Socket, rest) => {
      const lines = Object.entries(answer.headers).map(
        ([name, value]) => `${name}: ${value}`,
      );
      socket.write(
        ['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'),
      );
      socket.write(rest);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
      for (const end of [socket, upstream]) {
        end.on('error', () => {});
        end.on('close', () => {
          socket.destroy();
          upstream.destroy();
        });
      }
    });
    onward.on('response', answer => {
      socket.write(`HTTP/1.1 ${answer.statusCode} refused\r\n\r\n`);
      answer.pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    onward.end();
  }
}
