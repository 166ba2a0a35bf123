import * as fs from 'node:fs';
import type { Build } from '../model/Build';
import type { Job } from '../model/Item';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Thins out the runs of a job as `hudson.tasks.LogRotator` does: kept are runs that go on, that are marked "keep", and
 * the last stable and last successful ones.
 */
export function discardOld(job: Job, remove: (build: Build) => void): void {
  const rule = job.config.discarder;
  if (!rule) return;
  const all = [...job.builds];
  const ended = (...results: (string | null)[]) =>
    all.find(
      ({ record }) => !record.building && results.includes(record.result),
    );
  const kept = new Set([ended('SUCCESS'), ended('SUCCESS', 'UNSTABLE')]);
  const candidates = (number: number, days: number) => {
    const oldest = Date.now() - days * DAY_MS;
    return all.filter(
      (build, index) =>
        !kept.has(build) &&
        !build.record.keepLog &&
        !build.record.building &&
        ((number !== -1 && index >= number) ||
          (days !== -1 && build.record.timestamp < oldest)),
    );
  };
  const gone = new Set(candidates(rule.numToKeep, rule.daysToKeep));
  gone.forEach(remove);
  for (const build of candidates(
    rule.artifactNumToKeep,
    rule.artifactDaysToKeep,
  )) {
    if (gone.has(build)) continue;
    fs.rmSync(build.artifactDirectory, { recursive: true, force: true });
  }
}
