import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from 'js-yaml';
import { readKubeconfig, readPortalKubeconfig } from './kubeconfig';
import { withLock } from './lock';
import { makePlan } from './plan';
import { freeBlock } from './ports';
import { writePortalConfig } from './portalConfig';
import { readStatus, StatusWriter, statusFile } from './status';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'control-plane-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A number that was a process's and is nobody's now. */
function deadPid(): number {
  return Number(
    execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }),
  );
}

describe('a status', () => {
  it('is not believed when who wrote it is gone', () => {
    const status = new StatusWriter(folder);
    const cluster = { name: 'a', url: '', kubeconfig: '', isReady: true };
    status.set({ phase: 'ready', message: 'it runs', clusters: [cluster] });
    expect(readStatus(folder)).toMatchObject({ phase: 'ready' });
    const file = statusFile(folder);
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(
      file,
      text.replace(`"pid": ${process.pid}`, `"pid": ${deadPid()}`),
    );
    expect(readStatus(folder)).toMatchObject({
      phase: 'stopped',
      clusters: [{ isReady: false }],
    });
  });

  it('forgets its progress with the phase', () => {
    const status = new StatusWriter(folder);
    const step = { number: 1, of: 2, name: 'a' };
    status.set({ phase: 'building', step, remainingSeconds: 9 });
    status.set({ phase: 'starting' });
    expect(readStatus(folder)).not.toHaveProperty('step');
    expect(readStatus(folder)).not.toHaveProperty('remainingSeconds');
  });
});

describe('a lock', () => {
  it('lets one in at a time', async () => {
    const file = path.join(folder, 'lock');
    let inside = 0;
    const work = async () => {
      inside += 1;
      await sleep(20);
      expect(inside).toBe(1);
      inside -= 1;
    };
    await Promise.all([withLock(file, work), withLock(file, work)]);
    expect(fs.existsSync(file)).toBe(false);
  });

  it('is taken over from the dead', async () => {
    const file = path.join(folder, 'lock');
    fs.writeFileSync(file, String(deadPid()));
    await expect(withLock(file, async () => 'in')).resolves.toBe('in');
  });
});

describe('ports', () => {
  it('are others when one is taken', async () => {
    const options = { wanted: [0, 1], key: folder };
    const first = await freeBlock(options);
    expect(await freeBlock({ ...options, preferred: first })).toBe(first);
    const server = createServer();
    await new Promise<void>(resolve =>
      server.listen(first + 1, '127.0.0.1', resolve),
    );
    const second = await freeBlock({ ...options, preferred: first });
    server.close();
    expect(second).not.toBe(first);
  });
});

describe('a plan', () => {
  it('stays as it is when it is made again', async () => {
    const one = await makePlan(folder, ['a']);
    const two = await makePlan(folder, ['a', 'b']);
    expect(two.clusters[0]).toEqual(one.clusters[0]);
    expect(two.clusters[1].token).not.toBe(one.clusters[0].token);
    expect(two.clusters[1].ca).not.toBe(one.clusters[0].ca);
  });

  it('is for nobody else to read', async () => {
    const { clusters } = await makePlan(folder, ['a']);
    for (const file of [
      clusters[0].kubeconfig,
      path.join(folder, 'plan.json'),
      path.join(clusters[0].folder, 'pki/ca.key'),
      path.join(clusters[0].folder, 'pki/users.csv'),
    ])
      expect(fs.statSync(file).mode & 0o077).toBe(0);
  });

  it('has a kubeconfig that opens it', async () => {
    const [{ kubeconfig, name, url, token, ca }] = (
      await makePlan(folder, ['a'])
    ).clusters;
    expect(readKubeconfig(kubeconfig)).toEqual({
      name,
      url,
      token,
      ca,
      cert: undefined,
      key: undefined,
      skipTlsVerify: false,
    });
  });
});

describe('a kubeconfig', () => {
  const write = (user: object, context = 'c') => {
    const file = path.join(folder, 'config');
    const config = {
      'current-context': context,
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
      clusters: [{ name: 'k', cluster: { server: 'https://k.example.com/' } }],
      users: [{ name: 'u', user }],
    };
    fs.writeFileSync(file, JSON.stringify(config));
    return file;
  };

  it('may keep its token in a file beside it', () => {
    fs.writeFileSync(path.join(folder, 'token'), 'secret\n');
    expect(readKubeconfig(write({ tokenFile: 'token' }))).toMatchObject({
      url: 'https://k.example.com',
      token: 'secret',
    });
  });

  it('that signs in otherwise is refused with what to do', () => {
    const file = write({ exec: { command: 'get-token' } });
    expect(() => readKubeconfig(file)).toThrow(
      /u signs in with exec, .*kubectl apply -f docs\/rbac\/amamba\.yaml/,
    );
  });

  it('with a certificate is for tests, not for a portal', () => {
    const data = Buffer.from('PEM').toString('base64');
    const file = write({
      'client-certificate-data': data,
      'client-key-data': data,
    });
    expect(readKubeconfig(file)).toMatchObject({ cert: 'PEM', key: 'PEM' });
    expect(() => readPortalKubeconfig(file)).toThrow(
      /the portal needs a token/,
    );
  });

  it('without its current context is refused', () => {
    expect(() => readKubeconfig(write({ token: 't' }, 'gone'))).toThrow(
      /current context gone is not in it/,
    );
    expect(() => readKubeconfig(path.join(folder, 'none'))).toThrow(
      /no such kubeconfig/,
    );
  });
});

describe("a portal's configuration", () => {
  it('names the clusters as the kubernetes plugin wants them', () => {
    const file = path.join(folder, 'portal/clusters.yaml');
    const ca = 'PEM';
    writePortalConfig(
      file,
      [{ name: 'a', url: 'https://127.0.0.1:1', token: 't', ca }],
      '/state/status.json',
      { helm: '/bin/helm', charts: 'http://127.0.0.1:2/charts' },
    );
    expect(fs.statSync(file).mode & 0o077).toBe(0);
    expect(load(fs.readFileSync(file, 'utf8'))).toMatchObject({
      kubernetes: {
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: [
              {
                name: 'a',
                url: 'https://127.0.0.1:1',
                authProvider: 'serviceAccount',
                serviceAccountToken: 't',
                caData: Buffer.from(ca).toString('base64'),
                skipTLSVerify: false,
              },
            ],
          },
        ],
      },
      amamba: {
        clusters: { statusFile: '/state/status.json' },
        secrets: { keys: [expect.stringMatching(/^[0-9a-f]{64}$/)] },
        helm: {
          program: '/bin/helm',
          repositories: [{ name: 'samples', url: 'http://127.0.0.1:2/charts' }],
          allow: ['127.0.0.1:2'],
        },
      },
    });
  });

  it('keeps what the portal encrypts with', () => {
    const file = path.join(folder, 'portal/clusters.yaml');
    const key = () => {
      writePortalConfig(file, [], '/state/status.json');
      return load(fs.readFileSync(file, 'utf8'));
    };
    expect(key()).toEqual(key());
  });
});
