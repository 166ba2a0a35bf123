import fc from 'fast-check';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  changeArguments,
  dryRunArguments,
  rollbackArguments,
  uninstallArguments,
  type Change,
} from './arguments';
import { HelmProgram } from './HelmProgram';
import { stepIn } from './progress';
import { withWorkplace } from './Workplace';

const CHANGE: Change = {
  ...{ action: 'install', name: 'shop', repository: 'charts' },
  ...{ wait: true, atomic: true, timeoutSeconds: 60 },
  ...{ forceConflicts: true, takeOwnership: false },
};

describe('arguments of Helm', () => {
  it('are those of its version', () => {
    expect(changeArguments(CHANGE, 4)).toEqual(
      expect.arrayContaining([
        ...['install', 'shop', 'chart.tgz', '--wait=watcher'],
        ...['--rollback-on-failure', '--force-conflicts'],
      ]),
    );
    const old = changeArguments({ ...CHANGE, action: 'upgrade' }, 3);
    expect(old).toEqual(
      expect.arrayContaining(['upgrade', '--wait', '--atomic']),
    );
    expect(old).not.toContain('--force-conflicts');
    expect(changeArguments({ ...CHANGE, wait: false }, 4)).toContain(
      '--wait=hookOnly',
    );
    expect(changeArguments({ ...CHANGE, wait: false }, 3)).not.toContain(
      '--wait',
    );
  });

  it('of a dry run neither wait nor undo', () => {
    for (const major of [3, 4]) {
      const words = dryRunArguments(CHANGE, major);
      expect(words).toContain('--dry-run=server');
      expect(words.join(' ')).not.toMatch(/--wait|--rollback|--atomic/);
    }
  });

  const ofName = (name: string) => [
    () => changeArguments({ ...CHANGE, name }, 4),
    () =>
      rollbackArguments(
        { name, revision: 1, wait: true, timeoutSeconds: 1 },
        4,
      ),
    () =>
      uninstallArguments({
        ...{ name, keepHistory: true, timeoutSeconds: 1 },
        propagation: 'orphan',
      }),
  ];

  it('never come from a name', () => {
    const own = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom('--set', '-f', 'a b', 'a\nb', '$(id)', '../x'),
    );
    fc.assert(
      fc.property(
        names.filter(name => !own.test(name)),
        name => {
          for (const make of ofName(name)) expect(make).toThrow(/name/);
        },
      ),
    );
    expect(ofName('shop-1.a').map(make => make()[1])).toEqual([
      ...['shop-1.a', 'shop-1.a', 'shop-1.a'],
    ]);
  });
});

describe('a workplace', () => {
  const CONTENTS = {
    namespace: 'shop',
    apiServer: { url: 'https://127.0.0.1:1', skipTlsVerify: true },
    token: 'a-token',
    values: 'a: 1 # as typed\n',
    chart: Buffer.from('chart'),
  };

  it('is for the portal alone, knows nothing else, and is gone afterwards', async () => {
    process.env.A_SECRET_OF_THE_PORTAL = 'x';
    const folder = await withWorkplace(CONTENTS, async place => {
      expect((await stat(place.folder)).mode & 0o777).toBe(0o700);
      for (const file of ['kubeconfig', 'values.yaml', 'chart.tgz']) {
        const { mode } = await stat(join(place.folder, file));
        expect(mode & 0o777).toBe(0o600);
      }
      expect(await readFile(join(place.folder, 'values.yaml'), 'utf8')).toBe(
        CONTENTS.values,
      );
      expect(JSON.stringify(place.env)).not.toContain('a-token');
      expect(place.env.A_SECRET_OF_THE_PORTAL).toBeUndefined();
      const paths = Object.values(place.env).filter(
        text => text.startsWith('/') && text !== '/nonexistent',
      );
      expect(paths.every(text => text.startsWith(place.folder))).toBe(true);
      return place.folder;
    });
    await expect(stat(folder)).rejects.toThrow();
  });

  it('is gone when the work fails', async () => {
    let folder = '';
    const failing = withWorkplace(CONTENTS, async place => {
      ({ folder } = place);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(readdir(folder)).rejects.toThrow();
  });
});

describe('the program', () => {
  let folder: string;
  const place = () => ({ folder, env: {} });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'program-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A program that answers as a test wants. */
  async function script(text: string): Promise<string> {
    const path = join(folder, 'helm');
    await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return path;
  }

  it('is none where there is none, or something else', async () => {
    const absent = new HelmProgram({ path: join(folder, 'nothing') });
    expect(await absent.state()).toEqual({ problem: expect.any(String) });
    const other = new HelmProgram({ path: await script('echo v2.17.0') });
    expect(await other.state()).toEqual({
      problem: expect.stringContaining('Helm 3 or 4'),
    });
    const right = new HelmProgram({ path: await script('echo v4.3.1') });
    expect(await right.state()).toMatchObject({ version: 'v4.3.1', major: 4 });
  });

  it('gets its arguments as they are, and what it writes is bounded', async () => {
    const path = await script(
      'echo "$1"; i=0; while [ $i -lt 300 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 3',
    );
    const lines: string[] = [];
    const { code, stdout, stderr } = await new HelmProgram({}).run(
      path,
      ['$(touch x); `id` "'],
      {
        ...{ place: place(), timeoutMs: 20_000, canBeEnded: true },
        onLine: line => lines.push(line),
      },
    );
    expect([code, stdout]).toEqual([3, '$(touch x); `id` "\n']);
    expect(lines).toHaveLength(300);
    expect(stderr).toHaveLength(200);
  });

  it('is ended when it takes too long', async () => {
    const path = await script('exec /bin/sleep 60');
    const { isTimedOut, code } = await new HelmProgram({}).run(path, [], {
      ...{ place: place(), timeoutMs: 50, canBeEnded: true },
    });
    expect([isTimedOut, code]).toEqual([true, null]);
  });
});

describe('steps', () => {
  const hooks = new Map([['Job/check', 'pre-install']]);

  it.each([
    [
      'level=DEBUG msg="Created resource via patch" namespace=a name=web gvk="apps/v1, Kind=Deployment"',
      'Create Deployment web',
    ],
    [
      'level=DEBUG msg="Created resource via patch" namespace=a name=check gvk="batch/v1, Kind=Job"',
      'Create Job check (hook pre-install)',
    ],
    [
      'level=DEBUG msg="waiting for resource" namespace=a name=web kind=Deployment expectedStatus=Current actualStatus=InProgress',
      'Wait for Deployment web',
    ],
    [
      'level=DEBUG msg="starting delete resource" namespace=a name=web kind=Service',
      'Delete Service web',
    ],
    [
      'level=DEBUG msg="unmarshalled JSON schema" schema="{\\"a\\": 1}"',
      undefined,
    ],
    ['W1124 something else', undefined],
  ])('%s', (line, step) => {
    expect(stepIn(line, hooks)).toBe(step);
  });
});
