/** What the tests need from the system, beside Node: named, found, and on Debian installed when we may. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture, findProgram, say } from './process.mjs';

/** Folders of PostgreSQL's own programs, newest version first; Debian keeps them off PATH. */
function postgresFolders() {
  const parent = '/usr/lib/postgresql';
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .sort((a, b) => Number(b) - Number(a))
    .map(version => join(parent, version, 'bin'));
}

/** The path of a browser that Playwright can drive. `CHROMIUM` names another one. */
export function findChromium() {
  return (
    process.env.CHROMIUM ||
    findProgram('chromium', ['/usr/bin']) ||
    findProgram('chromium-browser')
  );
}

/** The folder with `initdb` and `postgres` in it. */
export function findPostgres() {
  const initdb = findProgram('initdb', postgresFolders());
  if (!initdb) return undefined;
  const folder = join(initdb, '..');
  if (existsSync(join(folder, 'postgres'))) return folder;
  // `initdb` alone may be linked onto PATH.
  return postgresFolders().find(candidate =>
    existsSync(join(candidate, 'postgres')),
  );
}

/** Each thing with its Debian packages, what it is for, and where it is (undefined: nowhere). */
const THINGS = [
  {
    name: 'git',
    packages: ['git'],
    use: "the sandbox's Git server",
    find: () => findProgram('git'),
  },
  {
    name: 'Chromium',
    packages: ['chromium'],
    use: 'the browser tests',
    find: findChromium,
  },
  {
    name: 'PostgreSQL',
    packages: ['postgresql'],
    use: 'the HTTP tests on PostgreSQL',
    find: findPostgres,
  },
  {
    name: 'Go',
    packages: ['golang-go'],
    use: 'the local Kubernetes of the tests, which is compiled',
    find: () => findProgram('go'),
  },
  {
    name: 'Redis',
    packages: ['redis-server'],
    use: "the sandbox's Argo CD",
    find: () => findProgram('redis-server'),
  },
  {
    name: 'Groovy',
    packages: ['groovy'],
    use: "the oracle of the sandbox's Groovy",
    find: () => findProgram('groovy'),
  },
  {
    name: 'python-jenkins',
    packages: ['python3-jenkins'],
    use: 'the tests with official Jenkins clients',
    find: () =>
      ['/usr/lib/python3/dist-packages/jenkins/__init__.py'].find(file =>
        existsSync(file),
      ),
  },
  {
    name: 'jenkins-job-builder',
    packages: ['jenkins-job-builder'],
    use: 'the tests with official Jenkins clients',
    find: () => findProgram('jenkins-jobs', ['/usr/bin']),
  },
];

/** The things that are not on this machine, as `{ name, packages, use }`. */
export function missingThings() {
  return THINGS.filter(thing => !thing.find());
}

/** The command that apt-get has to be put behind: `[]` for root, sudo where it asks nothing, undefined when we may not. */
async function privilege() {
  if (process.env.AMAMBA_INSTALL_PACKAGES === 'no' || !findProgram('apt-get'))
    return undefined;
  if (process.getuid?.() === 0) return [];
  const sudo = findProgram('sudo');
  if (!sudo) return undefined;
  const { code } = await capture(sudo, ['-n', 'true']);
  return code === 0 ? [sudo, '-n'] : undefined;
}

/**
 * Installs what is missing when that needs no question: as root, or with a sudo that asks for no password.
 * Returns what is still missing, each with the reason `why`.
 */
export async function ensureSystem() {
  const missing = missingThings();
  if (missing.length === 0) return [];

  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.flatMap(thing => thing.packages);
  const prefix = await privilege();
  if (!prefix) {
    return missing.map(thing => ({
      ...thing,
      why: `${thing.name} is missing (Debian: apt-get install ${thing.packages.join(' ')})`,
    }));
  }
  say(`installing ${names} with apt-get …`);
  const apt = args => {
    const [program, ...rest] = [
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-q',
      '-o',
      'DPkg::Lock::Timeout=120',
      ...args,
    ];
    return capture(program, rest);
  };
  await apt(['update']);
  const installed = await apt([
    'install',
    '-y',
    '--no-install-recommends',
    ...packages,
  ]);
  if (installed.code !== 0) say(`apt-get failed:\n${installed.stderr.trim()}`);
  return missingThings().map(thing => ({
    ...thing,
    why: `${thing.name} is missing and apt-get could not install ${thing.packages.join(' ')}`,
  }));
}
