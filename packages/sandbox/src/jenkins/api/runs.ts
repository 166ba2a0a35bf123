import { runBean } from '../beans/runBeans';
import { HttpError, page, redirect } from '../http/reply';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import type { Build } from '../model/Build';
import { Failure } from '../model/errors';
import type { Job } from '../model/Item';
import { apiJson, contextOf } from './model';

const LINKS: Record<string, (build: Build) => boolean> = {
  lastBuild: () => true,
  lastCompletedBuild: ({ record }) => !record.building,
  lastSuccessfulBuild: ({ record }) =>
    record.result === 'SUCCESS' || record.result === 'UNSTABLE',
  lastStableBuild: ({ record }) => record.result === 'SUCCESS',
  lastUnstableBuild: ({ record }) => record.result === 'UNSTABLE',
  lastFailedBuild: ({ record }) => record.result === 'FAILURE',
  lastUnsuccessfulBuild: ({ record }) =>
    record.result !== null && record.result !== 'SUCCESS',
};

/** The run that a path segment names: a number, or one of the permalinks. */
export function findRun(job: Job, segment: string): Build | undefined {
  if (/^\d{1,9}$/.test(segment)) return job.builds.get(Number(segment));
  if (segment === 'firstBuild') return job.builds.first;
  return segment in LINKS ? job.builds.find(LINKS[segment]) : undefined;
}

export const runRoutes: Route<Build>[] = [
  {
    method: 'GET',
    path: '',
    handle: build => page(200, build.fullDisplayName),
  },
  {
    method: 'ANY',
    path: 'api/json',
    handle: (build, exchange) =>
      apiJson(exchange, runBean(build, contextOf(exchange).toUrl)),
  },
  ...(['stop', 'term', 'kill'] as const).map((path): Route<Build> => ({
    method: 'POST',
    path,
    permission: PERMISSION.cancel,
    handle(build, { jenkins, caller }) {
      jenkins.runner.interrupt(build, path, caller.fullName);
      return redirect(`${jenkins.rootUrl}${build.url}`);
    },
  })),
  {
    method: 'POST',
    path: 'doDelete',
    permission: PERMISSION.deleteRun,
    handle(build, { jenkins }) {
      const { record, job } = build;
      if (record.keepLog) {
        throw new Failure(
          `Unable to delete ${build.fullDisplayName} because it is marked as keep`,
        );
      }
      if (record.building) {
        throw new Failure(
          `Unable to delete ${build.fullDisplayName} because it is in progress`,
        );
      }
      jenkins.deleteBuild(build);
      return redirect(`${jenkins.rootUrl}${job.url}`);
    },
  },
  {
    method: 'POST',
    path: 'toggleLogKeep',
    permission: PERMISSION.updateRun,
    handle(build, { jenkins }) {
      build.record.keepLog = !build.record.keepLog;
      build.save();
      return redirect(`${jenkins.rootUrl}${build.url}`);
    },
  },
  {
    method: 'POST',
    path: 'submitDescription',
    permission: PERMISSION.updateRun,
    handle(build, exchange) {
      build.record.description = exchange.parameter('description') || null;
      build.save();
      return redirect('.');
    },
  },
  {
    method: 'DELETE',
    path: '',
    handle() {
      throw new HttpError(405, 'Runs are deleted with POST doDelete', {
        Allow: 'GET',
      });
    },
  },
];
