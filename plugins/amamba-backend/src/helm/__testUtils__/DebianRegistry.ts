import { execFileSync, spawn, type ChildProcess } from 'child_process';
import { createHash, randomBytes } from 'crypto';
import { existsSync } from 'fs';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { createServer, type AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';

const PROGRAM = '/usr/bin/docker-registry';
const HTPASSWD = '/usr/bin/htpasswd';

/** Whether Debian's docker-registry is installed, and what makes its password file. */
export function hasRegistry(): boolean {
  return existsSync(PROGRAM) && existsSync(HTPASSWD);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** A real OCI registry on loopback, with one user. */
export class DebianRegistry {
  readonly url: string;
  readonly user = 'ann';
  readonly password: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(
    url: string,
    password: string,
    child: ChildProcess,
    folder: string,
  ) {
    this.url = url;
    this.password = password;
    this.#child = child;
    this.#folder = folder;
  }

  static async start(): Promise<DebianRegistry> {
    const folder = await mkdtemp(join(tmpdir(), 'registry-'));
    const port = await freePort();
    const password = randomBytes(12).toString('hex');
    const users = join(folder, 'users');
    await writeFile(
      users,
      execFileSync(HTPASSWD, ['-niB', 'ann'], { input: password }),
    );
    const config = join(folder, 'config.yml');
    await writeFile(
      config,
      JSON.stringify({
        version: 0.1,
        log: { level: 'error' },
        storage: { filesystem: { rootdirectory: join(folder, 'data') } },
        http: { addr: `127.0.0.1:${port}` },
        auth: { htpasswd: { realm: 'test', path: users } },
      }),
    );
    const child = spawn(PROGRAM, ['serve', config], { stdio: 'ignore' });
    const registry = new DebianRegistry(
      `http://127.0.0.1:${port}`,
      ...([password, child, folder] as const),
    );
    for (let attempt = 0; ; attempt++) {
      try {
        await fetch(`${registry.url}/v2/`);
        return registry;
      } catch (error) {
        if (attempt > 100) throw error;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
  }

  /** Pushes a chart as `helm push` does. */
  async push(name: string, version: string, archive: Buffer): Promise<void> {
    const config = Buffer.from(
      JSON.stringify({ name: name.split('/').pop(), version }),
    );
    const layers = [
      ['application/vnd.cncf.helm.config.v1+json', config],
      ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', archive],
    ] as const;
    const described = [];
    for (const [mediaType, bytes] of layers) {
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      const begun = await this.#send('POST', `/v2/${name}/blobs/uploads/`);
      const place = new URL(begun.headers.get('location') ?? '', this.url);
      place.searchParams.set('digest', digest);
      await this.#send('PUT', place.toString(), bytes);
      described.push({ mediaType, digest, size: bytes.length });
    }
    await this.#send(
      'PUT',
      `/v2/${name}/manifests/${version.replace(/\+/g, '_')}`,
      Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          config: described[0],
          layers: [described[1]],
        }),
      ),
      'application/vnd.oci.image.manifest.v1+json',
    );
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #send(
    method: string,
    path: string,
    body?: Buffer,
    contentType = 'application/octet-stream',
  ): Promise<Response> {
    const basic = Buffer.from(`${this.user}:${this.password}`);
    const answer = await fetch(new URL(path, this.url), {
      method,
      headers: {
        authorization: `Basic ${basic.toString('base64')}`,
        'content-type': contentType,
      },
      body: body && new Uint8Array(body),
    });
    if (answer.ok) return answer;
    throw new Error(`${method} ${path}: HTTP ${answer.status}`);
  }
}
