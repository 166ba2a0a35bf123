import { randomBytes } from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { EventOptions } from './events/EventDispatcher';
import { control, CONTROL_PATH } from './faults/control';
import { FaultInjector } from './faults/FaultInjector';
import { halfOf, strike, Struck } from './faults/strike';
import { Authenticator } from './http/auth';
import { errorReply } from './http/errors';
import { Exchange } from './http/exchange';
import { handle } from './http/handler';
import { HttpError, page, Reply } from './http/reply';
import type { UserOptions } from './http/users';
import { Jenkins, JenkinsOptions } from './Jenkins';

/** The version that Amamba ships. */
const VERSION = '2.502';

export interface JenkinsServerOptions extends Omit<JenkinsOptions, 'rootUrl'> {
  /** 0 takes a free one */
  port?: number;
  users: UserOptions[];
  /** milliseconds that a restart answers 503 */
  restartMs?: number;
  /** opens the control API; without it there is none */
  controlToken?: string;
}

function decodePath(pathname: string): string[] {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw new HttpError(400, 'The path is not well encoded');
  }
}

/** The stand-in behind its HTTP, on 127.0.0.1. */
export class JenkinsServer {
  readonly faults = new FaultInjector();
  /** requests since it listens, without those to the control API */
  requests = 0;
  private session = randomBytes(4).toString('hex');
  private state: { jenkins: Jenkins; authenticator: Authenticator } | undefined;
  private restarting?: Promise<void>;
  private eventTarget: EventOptions | undefined;

  private readonly options: JenkinsServerOptions;
  private readonly server: http.Server;

  private constructor(options: JenkinsServerOptions, server: http.Server) {
    this.options = options;
    this.server = server;
  }

  /** Starts listening; the state directory is read first. */
  static async start(options: JenkinsServerOptions): Promise<JenkinsServer> {
    const server = http.createServer({ requestTimeout: 0 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    const started = new JenkinsServer(options, server);
    started.boot();
    server.on('request', (request, response) => {
      void started.serve(request, response);
    });
    return started;
  }

  /** Root URL with a trailing slash. */
  get url(): string {
    const address: AddressInfo | string | null = this.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return `http://127.0.0.1:${port}/`;
  }

  /** The running stand-in. @throws Error while it restarts */
  get jenkins(): Jenkins {
    if (!this.state) throw new Error('Jenkins is restarting');
    return this.state.jenkins;
  }

  /**
   * Restarts: everything is read from the state directory again. A safe restart lets what runs come to its end first;
   * another one ends it, because nothing can be resumed here.
   */
  restart(safe: boolean): Promise<void> {
    this.restarting ??= this.reboot(safe).finally(() => {
      this.restarting = undefined;
    });
    return this.restarting;
  }

  async stop(): Promise<void> {
    await this.restarting;
    await this.state?.jenkins.close();
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  /** Changes where events go, also after a restart. */
  sendEventsTo({ receiver, token }: EventOptions): void {
    this.eventTarget = { receiver, token };
    this.state?.jenkins.events.configure(this.eventOptions());
  }

  private eventOptions(): EventOptions {
    return {
      ...this.options.events,
      ...this.eventTarget,
      fate: event => this.faults.fateOf(event),
    };
  }

  private boot(): void {
    const jenkins = new Jenkins({
      ...this.options,
      events: this.eventOptions(),
      rootUrl: this.url,
    });
    const salt = jenkins.secretFile('crumb-salt');
    const authenticator = new Authenticator(this.options.users, salt);
    this.session = randomBytes(4).toString('hex');
    this.state = { jenkins, authenticator };
  }

  private async reboot(safe: boolean): Promise<void> {
    const { jenkins } = this;
    if (safe) {
      jenkins.queue.quietingDown = true;
      await jenkins.runner.idle();
    }
    this.state = undefined;
    await jenkins.close();
    await new Promise(resolve => {
      setTimeout(resolve, this.options.restartMs ?? 1000);
    });
    this.boot();
  }

  private async serve(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    let struck: Struck = { outcome: 'go on', half: false, lost: false };
    let answer: Reply;
    try {
      const { method = 'GET', url = '/' } = request;
      const isControl = url.split(/[/?]/)[1] === CONTROL_PATH;
      if (!isControl) {
        this.requests++;
        const effects = this.faults.strike(method, url);
        struck = await strike(effects, request, response);
        if (struck.outcome === 'gone') return;
      }
      answer =
        struck.answer ?? (await this.answer(request, response, isControl));
    } catch (error) {
      answer = errorReply(error);
    }
    if (struck.lost) {
      request.socket.destroy();
      return;
    }
    try {
      await this.send(request, response, answer, struck.half);
    } catch {
      // The client went away, or a file broke off: what was promised cannot be kept.
      response.destroy();
    }
  }

  private async answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    isControl: boolean,
  ): Promise<Reply> {
    const target = request.url ?? '/';
    const [pathname] = target.split('?');
    if (isControl) {
      const { controlToken } = this.options;
      return control(this, request, decodePath(pathname), controlToken);
    }
    if (!this.state) {
      return page(503, 'Please wait while Jenkins is getting ready to work');
    }
    const { jenkins, authenticator } = this.state;
    const query = new URLSearchParams(target.slice(pathname.length + 1));
    const segments = decodePath(pathname);
    const caller = authenticator.authenticate(request);
    const bytes = await Exchange.readBody(request);
    const contentType = request.headers['content-type'] ?? '';
    const fields = await Exchange.readForm(contentType, bytes);
    authenticator.checkCrumb(request, pathname, caller, () =>
      fields.get('Jenkins-Crumb'),
    );
    const session = authenticator.session(request);
    if (session.setCookie && segments[0] === 'crumbIssuer') {
      response.setHeader('Set-Cookie', session.setCookie);
    }
    return handle(
      new Exchange(
        jenkins,
        request,
        segments,
        query,
        caller,
        authenticator.crumb(caller, session.id),
        safe => void this.restart(safe),
        bytes,
        fields,
      ),
    );
  }

  private async send(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    { status, headers, body }: Reply,
    half: boolean,
  ): Promise<void> {
    response.writeHead(status, {
      'X-Jenkins': VERSION,
      'X-Jenkins-Session': this.session,
      'X-Hudson': '1.395',
      ...headers,
      ...((typeof body === 'string' || Buffer.isBuffer(body)) && {
        'Content-Length': Buffer.byteLength(body),
      }),
    });
    if (half) {
      for await (const part of halfOf(body)) {
        await new Promise<unknown>(resolve => {
          response.write(part, resolve);
        });
      }
      request.socket.destroy();
    } else if (typeof body === 'string' || Buffer.isBuffer(body)) {
      response.end(request.method === 'HEAD' ? undefined : body);
    } else if (request.method === 'HEAD') {
      body.destroy();
      response.end();
    } else {
      await pipeline(body, response);
    }
  }
}
