import type {
  Approval,
  Run,
  TestCase,
  TestQuery,
  TestReport,
} from '@amamba/backstage-plugin-amamba-common';
import type { EngineApproval } from '@amamba/backstage-plugin-amamba-node';
import type { RunRecord } from '../records';
import { instant } from '../view';

/** A row of the run list. */
export function runView(run: RunRecord): Run {
  const { id, number, state, cause, branch, commit, commitMessage } = run;
  const { durationMs, parameters, stage, error, tests, artifacts } = run;
  return {
    ...{ id, number, state, cause, branch, commit, commitMessage },
    ...{ durationMs, parameters, stage, error, tests, artifacts },
    queuedAt: instant(run.queuedAt),
    startedAt: instant(run.startedAt),
    endedAt: instant(run.endedAt),
    seenAt: instant(run.seenAt),
  };
}

/** @param reason - why the caller may not decide; undefined when it may */
export function approvalView(
  approval: EngineApproval,
  reason: string | undefined,
): Approval {
  return {
    ...approval,
    since: approval.since?.toISOString(),
    mayDecide: reason === undefined,
    reason,
  };
}

/** How people call a run. */
export function runName(pipeline: string, run: RunRecord): string {
  return run.number === undefined ? pipeline : `${pipeline} #${run.number}`;
}

const STATUS_ORDER: TestCase['status'][] = [
  'regression',
  'failed',
  'fixed',
  'skipped',
  'passed',
];

/** The cases that a query asks for, failures first. */
export function testReport(cases: TestCase[], query: TestQuery): TestReport {
  const count = (...statuses: TestCase['status'][]) =>
    cases.filter(({ status }) => statuses.includes(status)).length;
  const text = query.q?.toLocaleLowerCase('en-US');
  const matching = cases.filter(
    item =>
      (!query.status || query.status.includes(item.status)) &&
      (!text ||
        [item.suite, item.className, item.name].some(part =>
          part.toLocaleLowerCase('en-US').includes(text),
        )),
  );
  matching.sort(
    (a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status),
  );
  return {
    summary: {
      total: cases.length,
      passed: count('passed', 'fixed'),
      failed: count('failed', 'regression'),
      skipped: count('skipped'),
      regressions: count('regression'),
      fixed: count('fixed'),
    },
    matching: matching.length,
    cases: matching.slice(query.offset, query.offset + query.limit),
  };
}
