/** The parts of `npm test`: what each runs, what it waits for, and how its tests are counted. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { apiReports } from './apiReports.mjs';
import { startTestClusters, stopTestClusters } from './controlPlane.mjs';
import { cache, inRoot } from './paths.mjs';
import { startPostgres } from './postgres.mjs';
import { filesBelow, longFiles, testFiles } from './sourceFiles.mjs';

/**
 * What a part may use while it runs: `exec(program, args, { env })` runs a program with its output in the part's log
 * and gives the exit code; `say(text)` writes to that log; `file(name)` is a path for a report of this run; `cores` is how
 * many cores it may use.
 *
 * A part gives back `{ passed, failed, skipped }`: how many tests; and a `note` for the reader, if it likes.
 */

const isCi = Boolean(process.env.CI) && process.env.CI !== 'false';

/** A part that is one check: it passes or fails as a whole. */
const check = (program, args) => async context =>
  count(await context.exec(program, args));

/** One test, passed when the exit code says so. */
function count(exitCode) {
  return exitCode === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

/** Reads a report that a test program should have written; undefined when it broke before. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Files outside of the packages, which backstage-cli does not lint. */
const OUTSIDE = ['scripts', 'bench', 'e2e-tests', 'playwright.config.ts'];

async function lint(context) {
  const exitCodes = [
    await context.exec('backstage-cli', ['repo', 'lint', '--max-warnings=0']),
    await context.exec('eslint', [
      '--ext',
      '.ts,.mjs,.cjs',
      '--max-warnings=0',
      ...OUTSIDE,
    ]),
  ];
  const long = longFiles();
  for (const { file, lines } of long)
    context.say(`long: ${file} has ${lines} lines`);
  return {
    ...count(Math.max(...exitCodes)),
    note: long.length > 0 && `${long.length} files have more than 300 lines`,
  };
}

/** Runs jest over the given files, in the projects of their packages. */
async function jest(context, files, env = {}) {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const reportFile = context.file('jest.json');
  rmSync(reportFile, { force: true });
  const exitCode = await context.exec(
    'backstage-cli',
    [
      'repo',
      'test',
      '--watchAll=false',
      `--maxWorkers=${context.cores}`,
      // Jest's 5 s are too few for the first test of a file on a busy machine; what hangs is still found.
      '--testTimeout=20000',
      '--json',
      `--outputFile=${reportFile}`,
      '--runTestsByPath',
      ...files,
    ],
    {
      env: {
        // With CI set, jest writes no snapshots; backend-test-utils must not look for Docker then.
        CI: '1',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        // On a developer's machine, tests that want clusters may be skipped.
        ...(!isCi && { AMAMBA_TEST_CLUSTERS: 'optional' }),
        ...env,
      },
    },
  );
  const report = readReport(reportFile);
  if (!report) return count(exitCode || 1);

  const notRun = files.length - report.numTotalTestSuites;
  if (notRun > 0)
    context.say(
      `${notRun} of ${files.length} test files were not run: is their package without a test script?`,
    );
  const failed =
    report.numFailedTests +
    report.numRuntimeErrorTestSuites +
    Math.max(notRun, 0);
  return {
    passed: report.numPassedTests,
    // jest may also fail for other reasons, such as a leaked process.
    failed: failed || (exitCode === 0 ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function postgresHttp(context) {
  const postgres = await startPostgres();
  context.say(`PostgreSQL ${postgres.version} is up`);
  try {
    // The names of the database ids in backend-test-utils are labels; tests ask for POSTGRES_15 whatever runs here.
    return await jest(context, testFiles().http, {
      BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING: postgres.url,
    });
  } finally {
    await postgres.stop();
  }
}

const { KUBECONFIG } = process.env;

/** The clusters that tests of several parts share. */
async function clusters(context) {
  const exitCode = await startTestClusters(context.exec);
  return { ...count(exitCode), note: KUBECONFIG && `those of ${KUBECONFIG}` };
}

/** Node's own test runner, for the scripts of this repository. */
async function scripts(context) {
  const files = filesBelow(inRoot('scripts'), file =>
    file.endsWith('.test.mjs'),
  );
  let text = '';
  const exitCode = await context.exec(
    process.execPath,
    ['--test', '--test-reporter=tap', ...files],
    {
      onOutput: chunk => (text += chunk),
    },
  );
  const number = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failed = number('fail') + number('cancelled');
  return {
    passed: number('pass'),
    failed: failed || (exitCode === 0 ? 0 : 1),
    skipped: number('skipped') + number('todo'),
  };
}

async function browser(context) {
  // It has clusters of its own, with samples; two cores bear one pair.
  await stopTestClusters();
  const reportFile = context.file('playwright.json');
  rmSync(reportFile, { force: true });
  const exitCode = await context.exec(
    process.execPath,
    [inRoot('scripts/run.mjs'), 'e2e', '--reporter=list,json'],
    {
      env: { CI: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
    },
  );
  const stats = readReport(reportFile)?.stats;
  if (!stats) return count(exitCode || 1);
  // A flaky test is one that failed once; here that is a failure.
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: failed || (exitCode === 0 ? 0 : 1),
    skipped: stats.skipped,
  };
}

/**
 * In the order in which they start. `needs`: parts that must have passed before; `wants`: parts that run before, whatever comes of
 * them; `after`: the same, but only if they run anyway; `requires`: things of the system
 * (lib/system.mjs) without which the part is skipped; `uses`: things that some of its tests skip without; `wide`: takes all cores.
 */
export const parts = [
  { name: 'types', run: check('tsc', []) },
  {
    name: 'lint',
    run: lint,
  },
  {
    name: 'format',
    run: check('prettier', ['--check', '--log-level=warn', '.']),
  },
  {
    name: 'manifests',
    run: check('backstage-cli', ['repo', 'fix', '--publish', '--check']),
  },
  { name: 'scripts', run: scripts },
  { name: 'clusters', requires: KUBECONFIG ? [] : ['Go'], run: clusters },
  {
    name: 'api-reports',
    needs: ['types'],
    run: async context =>
      count(await apiReports(context.exec, { isCheck: true })),
  },
  {
    name: 'build',
    needs: ['types'],
    // Both work on dist-types.
    after: ['api-reports'],
    run: check('backstage-cli', ['repo', 'build', '--all']),
  },
  {
    name: 'unit',
    wide: true,
    wants: ['clusters'],
    requires: ['git'],
    uses: ['Groovy', 'python-jenkins', 'jenkins-job-builder'],
    run: context => jest(context, testFiles().unit),
  },
  {
    name: 'http-sqlite',
    wants: ['clusters'],
    requires: ['git'],
    run: context => jest(context, testFiles().http),
  },
  {
    name: 'http-postgres',
    wants: ['clusters'],
    requires: ['git', 'PostgreSQL'],
    run: postgresHttp,
  },
  {
    name: 'browser',
    wide: true,
    needs: ['build'],
    after: ['unit', 'http-sqlite', 'http-postgres'],
    requires: ['git', 'Chromium'],
    uses: ['Redis'],
    run: browser,
  },
];

/** The folder of the logs and reports of the last run. */
export const logs = join(cache, 'test');
