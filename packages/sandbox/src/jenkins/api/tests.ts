import { constants } from '../beans/common';
import { Bean } from '../beans/export';
import { HttpError } from '../http/reply';
import type { Route } from '../http/routes';
import type { Build } from '../model/Build';
import { readReport, TestCase, TestSuite, totalsOf } from '../model/testReport';
import { apiJson } from './model';

function caseBean(test: TestCase, suite: TestSuite): Bean {
  return constants(undefined, 9, {
    testActions: [],
    age: test.age,
    className: test.className,
    duration: test.duration,
    errorDetails: test.errorDetails,
    errorStackTrace: test.errorStackTrace,
    failedSince: test.failedSince,
    name: test.name,
    properties: {},
    skipped: test.status === 'SKIPPED',
    skippedMessage: test.skippedMessage,
    status: test.status,
    stderr: test.stderr ?? suite.stderr,
    stdout: test.stdout ?? suite.stdout,
  });
}

function suiteBean(suite: TestSuite): Bean {
  return new Bean(undefined, {
    cases: [9, () => suite.cases.map(test => caseBean(test, suite))],
    duration: [9, () => suite.duration],
    enclosingBlockNames: [9, () => []],
    enclosingBlocks: [9, () => []],
    id: [9, () => suite.id],
    name: [9, () => suite.name],
    nodeId: [9, () => null],
    properties: [9, () => ({})],
    stderr: [9, () => suite.stderr],
    stdout: [9, () => suite.stdout],
    timestamp: [9, () => suite.timestamp],
  });
}

function reportBean(suites: TestSuite[]): Bean {
  const { total, failed, skipped } = totalsOf(suites);
  const seconds = suites.reduce((sum, suite) => sum + suite.duration, 0);
  return new Bean('hudson.tasks.junit.TestResult', {
    testActions: [1, () => []],
    duration: [1, () => seconds],
    empty: [1, () => total === 0],
    failCount: [1, () => failed],
    passCount: [1, () => total - failed - skipped],
    skipCount: [1, () => skipped],
    suites: [9, () => suites.map(suiteBean)],
  });
}

export const testRoutes: Route<Build>[] = [
  {
    method: 'GET',
    path: 'testReport/api/json',
    handle(build, exchange) {
      const suites = readReport(build);
      if (!suites) {
        throw new HttpError(404, `${build.fullDisplayName} has no test report`);
      }
      return apiJson(exchange, reportBean(suites));
    },
  },
];
