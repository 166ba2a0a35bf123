import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  FakeServer,
  type FakeHandler,
} from '../../../../__testUtils__/fakeServer';
import { createJenkinsEngine, type JenkinsEngine } from '..';

export const TOKEN = '11aabbccddeeff00112233445566778899';

/** A scripted Jenkins: answers by method and path, without the query; everything else is 404. */
export class FakeJenkins {
  readonly server: FakeServer;
  readonly engine: JenkinsEngine;
  readonly logger: jest.Mocked<LoggerService>;
  readonly #routes = new Map<string, FakeHandler>();

  private constructor(server: FakeServer) {
    this.server = server;
    this.logger = mockServices.logger.mock();
    server.handler = (request, response) => {
      response.setHeader('X-Jenkins', '2.502');
      const key = `${request.method} ${request.url.split('?')[0]}`;
      const handler = this.#routes.get(key);
      if (handler) return handler(request, response);
      response.statusCode = 404;
      response.end('<html>Not found</html>');
      return undefined;
    };
    this.engine = createJenkinsEngine(
      {
        id: 'ci',
        title: 'CI',
        baseUrl: `${server.url}/jenkins`,
        username: 'portal',
        apiToken: TOKEN,
        rootFolder: 'portal',
        // long enough for a busy machine; what times out is tested with the outbound client
        timeouts: { headersMs: 15_000, idleMs: 15_000, totalMs: 60_000 },
      },
      { logger: this.logger },
    );
  }

  static async start(): Promise<FakeJenkins> {
    return new FakeJenkins(await FakeServer.start());
  }

  async stop(): Promise<void> {
    await this.engine.close();
    await this.server.stop();
  }

  /** @param path - below `/jenkins` */
  on(method: string, path: string, handler: FakeHandler): this {
    this.#routes.set(`${method} /jenkins${path}`, handler);
    return this;
  }

  json(path: string, answer: unknown): this {
    return this.on('GET', path, (_request, response) => {
      response.setHeader('content-type', 'application/json;charset=utf-8');
      response.end(JSON.stringify(answer));
    });
  }

  /** Answers a POST by a status, with headers. */
  post(
    path: string,
    status: number,
    headers: Record<string, string> = {},
    body = '',
  ): this {
    return this.on('POST', path, (_request, response) => {
      response.writeHead(status, headers);
      response.end(body);
    });
  }

  /** Methods and paths that were asked for, without `/jenkins`. */
  get calls(): string[] {
    return this.server.seen.map(
      ({ method, url }) =>
        `${method} ${decodeURIComponent(url).replace('/jenkins', '')}`,
    );
  }
}
