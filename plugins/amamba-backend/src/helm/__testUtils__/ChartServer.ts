import { FakeServer } from '../../__testUtils__/fakeServer';
import { chart, indexOf } from './charts';

/** A real chart repository over HTTP on loopback, whose charts a test gives it. */
export class ChartServer {
  readonly server: FakeServer;
  readonly #files = new Map<string, Buffer | string>();
  readonly #charts: { name: string; version: string; archive: Buffer }[] = [];
  /** user:password that it wants to see */
  credentials: string | undefined;

  private constructor(server: FakeServer) {
    this.server = server;
    server.handler = ({ url, headers }, response) => {
      const wanted =
        this.credentials &&
        `Basic ${Buffer.from(this.credentials).toString('base64')}`;
      if (wanted && headers.authorization !== wanted) {
        response.statusCode = 401;
        response.end('secret words of the server');
        return;
      }
      const file = this.#files.get(url);
      response.statusCode = file === undefined ? 404 : 200;
      response.end(file);
    };
  }

  static async start(): Promise<ChartServer> {
    return new ChartServer(await FakeServer.start());
  }

  get url(): string {
    return `${this.server.url}/charts`;
  }

  /** `127.0.0.1:port` */
  get host(): string {
    return new URL(this.url).host;
  }

  add(
    name: string,
    version: string,
    files?: Parameters<typeof chart>[2] | Buffer,
  ): void {
    const archive = Buffer.isBuffer(files)
      ? files
      : chart(name, version, files);
    this.#charts.push({ name, version, archive });
    this.#files.set(`/charts/${name}-${version}.tgz`, archive);
    this.#files.set('/charts/index.yaml', indexOf(this.#charts));
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
