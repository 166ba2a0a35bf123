import { connect, createServer, type AddressInfo, type Socket } from 'net';

/** Stands before a server, to take it away from those who are connected, and to bring it back. */
export class TcpProxy {
  readonly #target: { host: string; port: number };
  readonly #server = createServer(socket => this.#accept(socket));
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #isSilent = false;

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
  }

  static async start(target: {
    host: string;
    port: number;
  }): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.heal();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Breaks every connection and refuses new ones, as a server does that is stopped. */
  async refuse(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#breakAll();
    await closed;
  }

  /** Lets nothing through, as a network does that is cut: connections are made and stay, and nobody answers. */
  silence(): void {
    this.#isSilent = true;
    for (const socket of this.#sockets) socket.unpipe();
  }

  /** Brings it back; connections that were silenced are gone. */
  async heal(): Promise<void> {
    if (this.#isSilent) this.#breakAll();
    this.#isSilent = false;
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }

  #accept(inner: Socket): void {
    const outer = connect(this.#target);
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ]) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      if (this.#isSilent) one.resume();
      else one.pipe(other);
    }
  }

  #breakAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
