import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AmambaClient } from '@amamba/backstage-plugin-amamba-common';
import { freePort, waitForHttp } from '../../scripts/lib/ports.mjs';
import { startGroup } from '../../scripts/lib/process.mjs';
import { portalEnvironment } from '../../scripts/lib/sandbox.mjs';
import type { Resources } from './resources';
import type { BenchSandbox } from './sandbox';

const ROOT = join(__dirname, '../..');
const START_TIMEOUT_MS = 90_000;
/** Enough to collect the garbage of some hundred megabytes. */
const GARBAGE_MS = 1_000;
/** The engine of app-config.sandbox.yaml. */
export const ENGINE = 'ci';
/** The workspace of the sample organisation that benchmarks work in. */
export const WORKSPACE = 'team-a';

type Json = { [key: string]: unknown };

export type PortalOptions = {
  /** What `backendAddress` gave. */
  port: number;
  sandbox: BenchSandbox;
  /** Merged over the sandbox portal's configuration. */
  config?: Json;
  /** Entities besides those of the sample organisation. */
  entities?: Json[];
  /** `app`: the built pages of `app.packageName`; `jenkins`: the community's Jenkins plugin; `kubernetes`: Backstage's own, and the bridge. */
  features?: ('app' | 'jenkins' | 'kubernetes')[];
  /** Environment variables besides. */
  env?: Record<string, string>;
};

/** A portal in a process of its own. */
export type BenchPortal = {
  readonly url: string;
  readonly pid: number;
  /** A request as a user of the sample organisation, `ann` (admin of team-a) when none is named. */
  request(
    path: string,
    init?: RequestInit & { user?: string },
  ): Promise<Response>;
  /** `Authorization` header of ann. */
  authorization(): Promise<string>;
  /** The plugin's API as ann. */
  readonly client: AmambaClient;
  /** Frees the memory that nothing uses any more. */
  collectGarbage(): Promise<void>;
  /** Starts it again, after `kill` or in its place, with the same state. */
  restart(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
};

/** A free address for a portal, which the sandbox has to know before the portal is there. */
export async function backendAddress(): Promise<{ port: number; url: string }> {
  const port: number = await freePort();
  return { port, url: `http://127.0.0.1:${port}` };
}

/** Starts a portal with empty state, SQLite in a temporary folder unless `config` says otherwise. */
export async function startBenchPortal(
  resources: Resources,
  options: PortalOptions,
): Promise<BenchPortal> {
  const { port, sandbox, config = {}, entities = [], features = [] } = options;
  const folder = resources.folder();
  const url = `http://127.0.0.1:${port}`;
  const configFile = join(folder, 'app-config.json');
  const entitiesFile = join(folder, 'entities.yaml');
  const logFile = join(folder, 'portal.log');
  mkdirSync(join(folder, 'database'));
  // YAML is a superset of JSON.
  writeFileSync(
    entitiesFile,
    entities.map(entity => JSON.stringify(entity)).join('\n---\n'),
  );
  writeFileSync(configFile, JSON.stringify(configuration()));
  const environment = {
    ...process.env,
    ...portalEnvironment({
      databaseFolder: join(folder, 'database'),
      sandbox: sandbox.credentials,
    }),
    ...options.env,
    LOG_LEVEL: 'warn',
    AMAMBA_BENCH_FEATURES: features.join(','),
  };

  function configuration(): Json {
    const locations = ['org.yaml', 'entities.yaml'].map(name => ({
      type: 'file',
      target: join(ROOT, 'examples', name),
    }));
    return merge(
      {
        app: { baseUrl: url },
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          cors: { origin: url },
        },
        catalog: {
          locations: [
            ...locations,
            ...(entities.length > 0
              ? [{ type: 'file', target: entitiesFile }]
              : []),
          ],
        },
      },
      config,
    );
  }

  let group: ReturnType<typeof startGroup> | undefined;
  const start = async () => {
    group = startGroup(
      process.execPath,
      [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        join(ROOT, 'bench/lib/portalProcess.ts'),
        ...['app-config.yaml', 'app-config.sandbox.yaml'].flatMap(file => [
          '--config',
          join(ROOT, file),
        ]),
        ...['--config', configFile],
      ],
      {
        cwd: join(ROOT, 'packages/backend'),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: environment,
      },
    );
    collect(group.child, logFile);
    const isUp = await waitForHttp(`${url}/.backstage/health/v1/readiness`, {
      timeoutMs: START_TIMEOUT_MS,
      ended: group.exited,
      everyMs: 100,
    });
    if (!isUp) {
      throw new Error(
        `The portal did not start:\n${readFileSync(logFile, 'utf8').slice(-5_000)}`,
      );
    }
  };
  resources.add(() => group?.stop());
  await start();

  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string) => {
    const known = tokens.get(user);
    if (known) return known;
    const signedIn = signIn(url, user);
    tokens.set(user, signedIn);
    return signedIn;
  };
  const request: BenchPortal['request'] = async (path, init = {}) => {
    const { user = 'ann', ...rest } = init;
    const headers = new Headers(rest.headers);
    headers.set('Authorization', `Bearer ${await tokenOf(user)}`);
    return fetch(`${url}${path}`, { ...rest, headers });
  };
  return {
    url,
    get pid() {
      return group?.child.pid ?? 0;
    },
    request,
    authorization: async () => `Bearer ${await tokenOf('ann')}`,
    client: new AmambaClient({
      baseUrl: '/api/amamba',
      fetch: (path, init) => request(String(path), init),
    }),
    async collectGarbage() {
      group?.child.kill('SIGUSR2');
      await sleep(GARBAGE_MS);
    },
    async restart() {
      await group?.stop();
      tokens.clear();
      await start();
    },
    async kill() {
      group?.child.kill('SIGKILL');
      await group?.exited;
    },
  };
}

/** Keeps what the portal says, so that a failed start can be told. */
function collect(child: ReturnType<typeof startGroup>['child'], file: string) {
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) =>
      writeFileSync(file, part, { flag: 'a' }),
    );
  }
}

/** Signs in once the catalog has the user; it reads its files after the start. */
async function signIn(url: string, user: string): Promise<string> {
  const until = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const response = await fetch(
      `${url}/api/auth/sandbox/refresh?env=development`,
      {
        headers: {
          'x-sandbox-user': `user:default/${user}`,
          'X-Requested-With': 'XMLHttpRequest',
        },
      },
    );
    const text = await response.text();
    if (response.ok) return JSON.parse(text).backstageIdentity.token;
    if (Date.now() > until) throw new Error(`${user} cannot sign in: ${text}`);
    await sleep(200);
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(below: Json, above: Json): Json {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const present = merged[key];
    merged[key] =
      isJson(present) && isJson(value) ? merge(present, value) : value;
  }
  return merged;
}
