import { timingSafeEqual, createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { runGit } from '../jenkins/engine/gitClient';
import { runHttpBackend } from './httpBackend';

/** Somebody who may read and write private repositories. */
export interface GitUser {
  username: string;
  password: string;
}

export interface GitServerOptions {
  /** holds the bare repositories, `<name>.git` */
  directory: string;
  /** 0 takes a free one */
  port?: number;
  users?: GitUser[];
  /** names of repositories that want a user, also to read */
  privateRepositories?: string[];
  /** called after a push that changed something, with the address of the repository */
  onPush?: (url: string) => void;
}

const PATH = /^\/([\w.-]+)\.git(\/[\w./-]+)$/;

function equals(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Git over smart HTTP on 127.0.0.1, answered by git's own `http-backend`. */
export class GitServer {
  private readonly options: GitServerOptions;
  private readonly server: http.Server;

  private constructor(options: GitServerOptions, server: http.Server) {
    this.options = options;
    this.server = server;
  }

  static async start(options: GitServerOptions): Promise<GitServer> {
    fs.mkdirSync(options.directory, { recursive: true });
    const server = http.createServer({ requestTimeout: 0 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    const git = new GitServer(options, server);
    server.on('request', (request, response) => {
      git.serve(request, response).catch(() => response.destroy());
    });
    return git;
  }

  /** Address under which the repositories stand, with a trailing slash. */
  get url(): string {
    const address: AddressInfo | string | null = this.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return `http://127.0.0.1:${port}/`;
  }

  repositoryUrl(name: string): string {
    return `${this.url}${name}.git`;
  }

  repositoryDirectory(name: string): string {
    return path.join(this.options.directory, `${name}.git`);
  }

  /** Whether there is such a repository. */
  has(name: string): boolean {
    return fs.existsSync(path.join(this.repositoryDirectory(name), 'HEAD'));
  }

  /** Makes an empty bare repository that takes pushes. Does nothing when it is there. */
  async createRepository(name: string): Promise<void> {
    if (!/^[\w-][\w.-]*$/.test(name)) {
      throw new Error(`"${name}" is no name for a repository`);
    }
    if (this.has(name)) return;
    const directory = this.repositoryDirectory(name);
    fs.mkdirSync(directory, { recursive: true });
    const git = (...args: string[]) => runGit(args, { cwd: directory });
    await git('init', '--quiet', '--bare', '--initial-branch=main', '.');
    await git('config', 'http.receivepack', 'true');
    await git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    // Nothing that stands in a repository directory is run.
    await git('config', 'core.hooksPath', '/dev/null');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private async serve(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const [pathname, queryString = ''] = (request.url ?? '/').split('?');
    const found = PATH.exec(pathname);
    if (!found || pathname.includes('..') || !this.has(found[1])) {
      this.refuse(request, response, 404, 'There is no such repository.\n');
      return;
    }
    const [, name, below] = found;
    const user = this.userOf(request);
    const isPrivate = this.options.privateRepositories?.includes(name);
    // Wrong credentials are refused for a public repository too: a client should notice.
    const wrong = request.headers.authorization !== undefined && !user;
    if (wrong || (isPrivate && !user)) {
      response.setHeader('WWW-Authenticate', 'Basic realm="Sandbox Git"');
      this.refuse(request, response, 401, 'Authentication required.\n');
      return;
    }
    const push = request.method === 'POST' && below === '/git-receive-pack';
    const before = push ? await this.refs(name) : '';
    const well = await runHttpBackend(request, response, {
      projectRoot: this.options.directory,
      pathInfo: pathname,
      queryString,
      user: user?.username ?? 'anonymous',
    });
    if (push && well && (await this.refs(name)) !== before) {
      this.options.onPush?.(this.repositoryUrl(name));
    }
  }

  private refs(name: string): Promise<string> {
    return runGit(['for-each-ref'], { cwd: this.repositoryDirectory(name) });
  }

  private userOf(request: http.IncomingMessage): GitUser | undefined {
    const header = request.headers.authorization ?? '';
    if (!/^basic /i.test(header)) return undefined;
    const plain = Buffer.from(header.slice(6), 'base64').toString('utf8');
    const colon = plain.indexOf(':');
    return this.options.users?.find(
      ({ username, password }) =>
        equals(username, plain.slice(0, colon)) &&
        equals(password, plain.slice(colon + 1)),
    );
  }

  private refuse(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    status: number,
    message: string,
  ): void {
    request.resume();
    response.writeHead(status, { 'Content-Type': 'text/plain' });
    response.end(message);
  }
}
