import type { ApiServer } from '../../clusters';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  writeFile,
} from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { CHART_FILE, VALUES_FILE } from './arguments';

const PREFIX = 'amamba-helm-';
/** An operation takes an hour at most. */
const LEFT_MS = 2 * 60 * 60_000;

/** Where the program runs, and all that it knows of the world. */
export interface Workplace {
  folder: string;
  env: Readonly<Record<string, string>>;
}

/** What Helm gets to work with. */
export interface WorkplaceContents {
  namespace: string;
  apiServer: ApiServer;
  /** of an account that may work in the namespace and nowhere else */
  token: string;
  chart?: Buffer;
  /** YAML as the user wrote it */
  values?: string;
}

function kubeconfig({
  namespace,
  apiServer,
  token,
}: WorkplaceContents): string {
  const { url, ca, skipTlsVerify } = apiServer;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'cluster',
        cluster: {
          server: url,
          ...(ca && {
            'certificate-authority-data': Buffer.from(ca).toString('base64'),
          }),
          // an API server of Kubernetes refuses both together
          ...(skipTlsVerify && !ca && { 'insecure-skip-tls-verify': true }),
        },
      },
    ],
    users: [{ name: 'account', user: { token } }],
    contexts: [
      {
        name: 'namespace',
        context: { cluster: 'cluster', user: 'account', namespace },
      },
    ],
    'current-context': 'namespace',
  });
}

/**
 * Makes a folder that only the portal can read, with all that Helm needs and an environment that knows nothing else, and
 * removes it afterwards, whatever happens.
 */
export async function withWorkplace<T>(
  contents: WorkplaceContents,
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  try {
    await chmod(folder, 0o700);
    const at = (name: string) => join(folder, name);
    const write = (name: string, content: string | Buffer) =>
      writeFile(at(name), content, { mode: 0o600 });
    for (const name of ['home', 'cache', 'config', 'data', 'tmp']) {
      await mkdir(at(name), { mode: 0o700 });
    }
    await write('kubeconfig', kubeconfig(contents));
    await write(VALUES_FILE, contents.values ?? '');
    if (contents.chart) await write(CHART_FILE, contents.chart);
    return await work({
      folder,
      env: {
        PATH: '/nonexistent',
        HOME: at('home'),
        TMPDIR: at('tmp'),
        XDG_CACHE_HOME: at('cache'),
        XDG_CONFIG_HOME: at('config'),
        XDG_DATA_HOME: at('data'),
        HELM_CACHE_HOME: at('cache'),
        HELM_CONFIG_HOME: at('config'),
        HELM_DATA_HOME: at('data'),
        HELM_NAMESPACE: contents.namespace,
        HELM_DRIVER: 'secret',
        HELM_NO_PLUGINS: '1',
        KUBECONFIG: at('kubeconfig'),
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes folders that a portal left when it died. */
export async function clearWorkplaces(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const found = await stat(folder).catch(() => undefined);
    if (
      found?.isDirectory() &&
      found.uid === process.getuid?.() &&
      Date.now() - found.mtimeMs > LEFT_MS
    ) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
