import { FOLDER, PROPERTY, WORKFLOW_JOB } from '../config/classNames';
import type { BuildResult } from '../execution/types';
import type { QueueItem } from '../engine/Queue';
import type { Build } from '../model/Build';
import type { Folder, Item, Job } from '../model/Item';
import { constants, plainAction, ToUrl } from './common';
import { Bean } from './export';
import { parameterBean } from './parameterBeans';
import { queueItemBean } from './queueBeans';
import { runBean, runLink } from './runBeans';

/** What a bean needs besides the object itself. */
export interface BeanContext {
  toUrl: ToUrl;
  queueItemOf(job: Job): QueueItem | undefined;
  /** whether the caller may see an item */
  canRead(item: Item): boolean;
}

/** Runs that `builds` lists; more are in `allBuilds`. */
const NEWEST_BUILDS = 100;

const BALLS: Record<BuildResult, string> = {
  SUCCESS: 'blue',
  UNSTABLE: 'yellow',
  FAILURE: 'red',
  NOT_BUILT: 'notbuilt',
  ABORTED: 'aborted',
};

/** `color` of a job: the ball of its last run, with `_anime` while one runs. */
export function colorOf(job: Job): string {
  const [last] = job.builds;
  const anime = last?.record.building ? '_anime' : '';
  if (job.config.disabled) return `disabled${anime}`;
  const done = job.builds.find(build => build.record.result !== null);
  return `${done?.record.result ? BALLS[done.record.result] : 'notbuilt'}${anime}`;
}

function properties(job: Job): Bean[] {
  const { config } = job;
  const list: Bean[] = [];
  if (config.parameters.length) {
    list.push(
      new Bean(PROPERTY.parameters, {
        parameterDefinitions: [2, () => config.parameters.map(parameterBean)],
      }),
    );
  }
  if (config.disableConcurrentBuilds)
    list.push(plainAction(PROPERTY.noConcurrent));
  if (config.discarder) list.push(plainAction(PROPERTY.discarder));
  if (config.disableResume) list.push(plainAction(PROPERTY.noResume));
  const { timer, scm, upstream, generic } = config.triggers;
  if (timer || scm || upstream || generic.length) {
    list.push(plainAction(PROPERTY.triggers));
  }
  return list;
}

/** The weather: how many of the last five runs went well. */
function healthReport(job: Job): Bean[] {
  const done: Build[] = [];
  for (const build of job.builds) {
    if (build.record.result && !build.record.building) done.push(build);
    if (done.length === 5) break;
  }
  if (!done.length) return [];
  const failed = done.filter(
    ({ record }) => record.result === 'FAILURE',
  ).length;
  const score = Math.floor((100 * (done.length - failed)) / done.length);
  const icon = ['00to19', '20to39', '40to59', '60to79', '80plus'];
  const iconUrl = `health-${icon[Math.min(4, Math.floor(score / 20))]}.png`;
  const said = failed
    ? `${failed} out of the last ${done.length} builds failed.`
    : 'No recent builds failed.';
  return [
    constants(undefined, 2, {
      description: `Build stability: ${said}`,
      iconClassName: `icon-${iconUrl.replace(/\.png$/, '')}`,
      iconUrl,
      score,
    }),
  ];
}

function* newest(job: Job, limit: number, toUrl: ToUrl): Generator<Bean> {
  let count = 0;
  for (const build of job.builds) {
    if (count++ >= limit) return;
    yield runBean(build, toUrl);
  }
}

/** A `WorkflowJob`. */
export function jobBean(job: Job, context: BeanContext): Bean {
  const { toUrl } = context;
  const { config, builds } = job;
  const is = (...results: BuildResult[]) =>
    builds.find(
      ({ record }) =>
        !record.building &&
        record.result !== null &&
        results.includes(record.result),
    );
  const link = (read: () => Build | undefined) =>
    [1, () => runLink(read(), toUrl)] as const;
  const queueItem = () => context.queueItemOf(job);
  return new Bean(WORKFLOW_JOB, {
    actions: [
      1,
      () => [
        plainAction(),
        plainAction(),
        plainAction(
          'org.jenkinsci.plugins.displayurlapi.actions.JobDisplayAction',
        ),
        plainAction(),
        plainAction(),
        plainAction('com.cloudbees.plugins.credentials.ViewCredentialsAction'),
      ],
    ],
    description: [1, () => config.description],
    displayName: [1, () => job.displayName],
    displayNameOrNull: [1, () => config.displayName],
    fullDisplayName: [1, () => job.fullDisplayName],
    fullName: [1, () => job.fullName],
    name: [3, () => job.name],
    url: [3, () => toUrl(job.url)],
    buildable: [1, () => job.buildable],
    allBuilds: [-2, () => newest(job, Infinity, toUrl)],
    builds: [1, () => newest(job, NEWEST_BUILDS, toUrl)],
    color: [2, () => colorOf(job)],
    firstBuild: link(() => builds.first),
    healthReport: [1, () => healthReport(job)],
    inQueue: [1, () => queueItem() !== undefined],
    keepDependencies: [1, () => config.keepDependencies],
    lastBuild: link(() => builds.last),
    lastCompletedBuild: link(() => builds.find(b => !b.record.building)),
    lastFailedBuild: link(() => is('FAILURE')),
    lastStableBuild: link(() => is('SUCCESS')),
    lastSuccessfulBuild: link(() => is('SUCCESS', 'UNSTABLE')),
    lastUnstableBuild: link(() => is('UNSTABLE')),
    lastUnsuccessfulBuild: link(() =>
      is('UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'),
    ),
    nextBuildNumber: [1, () => job.nextBuildNumber],
    property: [1, () => properties(job)],
    queueItem: [
      1,
      () => {
        const item = queueItem();
        return item ? queueItemBean(item, context) : null;
      },
    ],
    concurrentBuild: [1, () => !config.disableConcurrentBuilds],
    resumeBlocked: [1, () => config.disableResume],
  });
}

/** A folder. */
export function folderBean(folder: Folder, context: BeanContext): Bean {
  const { toUrl } = context;
  const view = () =>
    constants('hudson.model.AllView', 2, {
      name: 'All',
      url: toUrl(folder.url),
    });
  return new Bean(FOLDER, {
    actions: [
      1,
      () => [
        plainAction(),
        plainAction(),
        plainAction('com.cloudbees.plugins.credentials.ViewCredentialsAction'),
      ],
    ],
    description: [1, () => folder.description],
    displayName: [1, () => folder.displayName],
    displayNameOrNull: [1, () => folder.displayNameOrNull],
    fullDisplayName: [1, () => folder.fullDisplayName],
    fullName: [1, () => folder.fullName],
    name: [3, () => folder.name],
    url: [3, () => toUrl(folder.url)],
    healthReport: [1, () => []],
    jobs: [1, () => itemBeans(folder, context)],
    primaryView: [1, view],
    views: [1, () => [view()]],
  });
}

/** The children of a folder or of the root that the caller may see. */
export function itemBeans(folder: Folder, context: BeanContext): Bean[] {
  return folder.items
    .filter(context.canRead)
    .map(item => itemBean(item, context));
}

export function itemBean(item: Item, context: BeanContext): Bean {
  return item.kind === 'job'
    ? jobBean(item, context)
    : folderBean(item, context);
}
