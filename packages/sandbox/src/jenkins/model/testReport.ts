import { childOf, parseXml, XmlElement } from '../xml/reader';
import { readJsonFile, writeFileAtomic } from './files';
import type { Build } from './Build';

export type CaseStatus =
  'PASSED' | 'SKIPPED' | 'FAILED' | 'FIXED' | 'REGRESSION';

export interface TestCase {
  className: string;
  name: string;
  /** seconds, as Jenkins has them */
  duration: number;
  status: CaseStatus;
  /** number of the run since which it fails; 0 when it does not */
  failedSince: number;
  /** how many runs it has been failing in a row */
  age: number;
  errorDetails: string | null;
  errorStackTrace: string | null;
  skippedMessage: string | null;
  stdout: string | null;
  stderr: string | null;
}

export interface TestSuite {
  name: string;
  id: string | null;
  timestamp: string | null;
  duration: number;
  stdout: string | null;
  stderr: string | null;
  cases: TestCase[];
}

function seconds(element: XmlElement): number {
  const value = Number((element.attributes.time ?? '').replace(/,/g, ''));
  return Number.isFinite(value) ? value : 0;
}

function statusOf(skipped: boolean, failed: boolean): CaseStatus {
  if (skipped) return 'SKIPPED';
  return failed ? 'FAILED' : 'PASSED';
}

function readCase(element: XmlElement, suiteName: string): TestCase {
  const skipped = childOf(element, 'skipped');
  const failed = childOf(element, 'error') ?? childOf(element, 'failure');
  return {
    className: element.attributes.classname || suiteName,
    name: element.attributes.name ?? '(?)',
    duration: seconds(element),
    status: statusOf(skipped !== undefined, failed !== undefined),
    failedSince: 0,
    age: 0,
    errorDetails: failed?.attributes.message ?? null,
    errorStackTrace: failed?.text ?? null,
    skippedMessage: skipped?.attributes.message ?? skipped?.text ?? null,
    stdout: childOf(element, 'system-out')?.text ?? null,
    stderr: childOf(element, 'system-err')?.text ?? null,
  };
}

function readSuite(element: XmlElement, path: string): TestSuite {
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  const name =
    element.attributes.name ||
    fileName.replace(/\.xml$/, '').replace(/^TEST-/, '');
  const cases = element.children
    .filter(child => child.name === 'testcase')
    .map(child => readCase(child, name));
  return {
    name,
    id: element.attributes.id ?? null,
    timestamp: element.attributes.timestamp ?? null,
    duration:
      seconds(element) || cases.reduce((sum, test) => sum + test.duration, 0),
    stdout: childOf(element, 'system-out')?.text ?? null,
    stderr: childOf(element, 'system-err')?.text ?? null,
    cases,
  };
}

/**
 * Reads a JUnit file: `<testsuites>` or `<testsuite>`, nested ones too.
 * @throws XmlError
 */
export function readJUnit(path: string, content: string): TestSuite[] {
  const suites: TestSuite[] = [];
  const walk = (element: XmlElement) => {
    const nested = element.children.filter(child => child.name === 'testsuite');
    const holdsCases = childOf(element, 'testcase') !== undefined;
    if (element.name === 'testsuite' && (holdsCases || !nested.length)) {
      suites.push(readSuite(element, path));
    }
    nested.forEach(walk);
  };
  walk(parseXml(content));
  return suites;
}

const keyOf = (suite: TestSuite, test: TestCase) =>
  [suite.name, test.className, test.name].join('\u0000');

const isPassed = (test: TestCase) =>
  test.status === 'PASSED' || test.status === 'FIXED';

const isFailed = (test: TestCase) =>
  test.status === 'FAILED' || test.status === 'REGRESSION';

/** Marks what broke and what was mended since the report before: `CaseResult.getStatus` of the junit plugin. */
export function compareWithPrevious(
  suites: TestSuite[],
  previous: TestSuite[] | undefined,
  buildNumber: number,
): TestSuite[] {
  const before = new Map(
    (previous ?? []).flatMap(suite =>
      suite.cases.map(test => [keyOf(suite, test), test] as const),
    ),
  );
  const mark = (suite: TestSuite, test: TestCase): TestCase => {
    const old = before.get(keyOf(suite, test));
    const since = old && isFailed(old) ? old.failedSince : buildNumber;
    const failedSince = isFailed(test) ? since : 0;
    const age = isPassed(test) ? 0 : buildNumber - failedSince + 1;
    let { status } = test;
    if (old && isFailed(test) && isPassed(old)) status = 'REGRESSION';
    if (old && isPassed(test) && !isPassed(old)) status = 'FIXED';
    return { ...test, status, failedSince, age };
  };
  return suites.map(suite => ({
    ...suite,
    cases: suite.cases.map(test => mark(suite, test)),
  }));
}

export interface TestTotals {
  total: number;
  failed: number;
  skipped: number;
}

export function totalsOf(suites: TestSuite[]): TestTotals {
  const cases = suites.flatMap(suite => suite.cases);
  const count = (...statuses: CaseStatus[]) =>
    cases.filter(test => statuses.includes(test.status)).length;
  return {
    total: cases.length,
    failed: count('FAILED', 'REGRESSION'),
    skipped: count('SKIPPED'),
  };
}

const FILE = 'junit.json';

/** The report of a run, or undefined when it has none. */
export function readReport(build: Build): TestSuite[] | undefined {
  return build.record.tests && readJsonFile<TestSuite[]>(build.file(FILE));
}

/**
 * Adds files to a run's report.
 * @returns the totals of what was added
 */
export function addToReport(
  build: Build,
  files: { path: string; content: string }[],
): TestTotals {
  const read = files.flatMap(file => readJUnit(file.path, file.content));
  let previous = build.job.builds.previous(build);
  while (previous && (previous.record.building || !previous.record.tests)) {
    previous = build.job.builds.previous(previous);
  }
  const added = compareWithPrevious(
    read,
    previous && readReport(previous),
    build.number,
  );
  const all = [...(readReport(build) ?? []), ...added];
  writeFileAtomic(build.file(FILE), JSON.stringify(all));
  build.record.tests = totalsOf(all);
  return totalsOf(added);
}
