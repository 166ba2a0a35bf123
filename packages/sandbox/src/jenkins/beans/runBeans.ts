import {
  parameterValueClass,
  PARAMETER,
  WORKFLOW_RUN,
} from '../config/classNames';
import type { Build, Checkout } from '../model/Build';
import type { Cause } from '../model/causes';
import type { ChangeSetEntry } from '../execution/types';
import { constants, plainAction, ToUrl } from './common';
import { ALWAYS, Bean } from './export';
import { parameterBean } from './parameterBeans';

/** Visibility of `Cause`, `ParametersAction` and other beans that `depth=0` shows inside a run. */
const INNER = 2;

export function causeBean(cause: Cause): Bean {
  const { _class, ...fields } = cause;
  return constants(_class, ALWAYS, fields);
}

export function causeAction(causes: Cause[]): Bean {
  return new Bean('hudson.model.CauseAction', {
    causes: [INNER, () => causes.map(causeBean)],
  });
}

/** `ParametersAction`; a password has no value in it. */
export function parametersAction(
  parameters: { name: string; type: string; value: string | boolean }[],
): Bean {
  return new Bean('hudson.model.ParametersAction', {
    parameters: [
      INNER,
      () =>
        parameters.map(({ name, type, value }) =>
          constants(parameterValueClass(type), ALWAYS, {
            name,
            value: type === PARAMETER.password ? undefined : value,
          }),
        ),
    ],
  });
}

function buildDataAction(
  { url, branch, commit }: Checkout,
  number: number,
): Bean {
  const name = `refs/remotes/origin/${branch.replace(/^(\*|origin|refs\/heads)\//, '')}`;
  const branches = [constants(undefined, ALWAYS, { SHA1: commit, name })];
  const revision = constants(undefined, ALWAYS, {
    SHA1: commit,
    branch: branches,
  });
  return constants('hudson.plugins.git.util.BuildData', ALWAYS, {
    buildsByBranchName: constants(undefined, ALWAYS, {
      [name]: constants('hudson.plugins.git.util.Build', ALWAYS, {
        buildNumber: number,
        buildResult: null,
        marked: revision,
        revision,
      }),
    }),
    lastBuiltRevision: revision,
    remoteUrls: [url],
    scmName: '',
  });
}

function actions(build: Build): Bean[] {
  const { record } = build;
  const list: Bean[] = [causeAction(record.causes)];
  if (record.parameters.length) list.push(parametersAction(record.parameters));
  list.push(
    ...record.checkouts.map(checkout =>
      buildDataAction(checkout, build.number),
    ),
  );
  if (record.tests) {
    const { total, failed, skipped } = record.tests;
    list.push(
      constants('hudson.tasks.junit.TestResultAction', INNER, {
        failCount: failed,
        skipCount: skipped,
        totalCount: total,
        urlName: 'testReport',
      }),
    );
  }
  if (record.hadInput) list.push(inputAction(build));
  list.push(
    plainAction(),
    plainAction('org.jenkinsci.plugins.displayurlapi.actions.RunDisplayAction'),
    plainAction(
      'org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction',
    ),
    plainAction(),
    plainAction('org.jenkinsci.plugins.workflow.job.views.FlowGraphAction'),
    plainAction(),
  );
  return list;
}

/** What waits for an answer, with who may give it. It stays, empty, after the last one. */
function inputAction(build: Build): Bean {
  const pending = build.execution?.pendingInputs() ?? [];
  return constants(
    'org.jenkinsci.plugins.workflow.support.steps.input.InputAction',
    INNER,
    {
      displayName: pending.length ? 'Paused for Input' : null,
      executions: pending.map(input =>
        constants(undefined, ALWAYS, {
          displayName:
            input.message.length < 32
              ? input.message
              : `${input.message.slice(0, 32)}...`,
          id: input.id,
          input: constants(undefined, ALWAYS, {
            cancel: 'Abort',
            id: input.id,
            message: input.message,
            ok: input.ok,
            parameters: input.parameters.map(parameterBean),
            submitter: input.submitter ?? null,
            submitterParameter: input.submitterParameter ?? null,
          }),
          settled: false,
        }),
      ),
      waitingForInput: pending.length > 0,
    },
  );
}

/** `User` as an author or culprit; the stand-in has no pages of users, the address is the one Jenkins would give. */
function personBean(fullName: string, toUrl: ToUrl): Bean {
  return constants(undefined, ALWAYS, {
    absoluteUrl: toUrl(`user/${encodeURIComponent(fullName.toLowerCase())}`),
    fullName,
  });
}

function changeBean(entry: ChangeSetEntry, toUrl: ToUrl): Bean {
  return constants('hudson.plugins.git.GitChangeSet', ALWAYS, {
    affectedPaths: entry.paths.map(({ file }) => file),
    commitId: entry.commitId,
    timestamp: entry.timestamp,
    author: personBean(entry.author, toUrl),
    authorEmail: null,
    comment: `${entry.message.trimEnd()}\n`,
    date: new Date(entry.timestamp)
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, ' +0000'),
    id: entry.commitId,
    msg: entry.message.split('\n')[0],
    paths: entry.paths.map(({ editType, file }) =>
      constants(undefined, ALWAYS, { editType, file }),
    ),
  });
}

/** A run named by another one or by its job. */
export function runLink(
  build: Build | undefined,
  toUrl: ToUrl,
  className: string | undefined = WORKFLOW_RUN,
): Bean | null {
  return build ? runBean(build, toUrl, className) : null;
}

/** Mean duration of the last three runs that ended well or unstable; -1 without any. Milliseconds. */
export function estimatedDuration(build: Build): number {
  const durations: number[] = [];
  for (const other of build.job.builds) {
    const { building, result, duration } = other.record;
    if (!building && (result === 'SUCCESS' || result === 'UNSTABLE')) {
      durations.push(duration);
      if (durations.length === 3) break;
    }
  }
  if (!durations.length) return -1;
  return Math.round(durations.reduce((a, b) => a + b, 0) / durations.length);
}

/** A `WorkflowRun`. Visibilities as in `hudson.model.Run`: number and url show everywhere. */
export function runBean(
  build: Build,
  toUrl: ToUrl,
  className: string | undefined = WORKFLOW_RUN,
): Bean {
  const { record, job } = build;
  return new Bean(className, {
    actions: [1, () => actions(build)],
    artifacts: [
      1,
      () =>
        build.artifacts.map(({ path }) =>
          constants(undefined, ALWAYS, {
            displayPath: path.slice(path.lastIndexOf('/') + 1),
            fileName: path.slice(path.lastIndexOf('/') + 1),
            relativePath: path,
          }),
        ),
    ],
    building: [1, () => record.building],
    description: [1, () => record.description],
    displayName: [1, () => build.displayName],
    duration: [1, () => record.duration],
    estimatedDuration: [1, () => estimatedDuration(build)],
    executor: [
      1,
      () =>
        record.building ? plainAction('hudson.model.OneOffExecutor') : null,
    ],
    fullDisplayName: [1, () => build.fullDisplayName],
    id: [1, () => String(build.number)],
    keepLog: [1, () => record.keepLog],
    number: [2, () => build.number],
    queueId: [1, () => record.queueId],
    result: [1, () => record.result],
    timestamp: [1, () => record.timestamp],
    url: [2, () => toUrl(build.url)],
    changeSets: [
      1,
      () =>
        record.checkouts
          .filter(({ changes }) => changes.length > 0)
          .map(({ changes }) =>
            constants('hudson.plugins.git.GitChangeSetList', ALWAYS, {
              items: changes.map(entry => changeBean(entry, toUrl)),
              kind: 'git',
            }),
          ),
    ],
    culprits: [
      1,
      () =>
        [
          ...new Set(
            record.checkouts.flatMap(({ changes }) =>
              changes.map(({ author }) => author),
            ),
          ),
        ].map(name => personBean(name, toUrl)),
    ],
    inProgress: [1, () => record.building],
    nextBuild: [1, () => runLink(job.builds.next(build), toUrl, undefined)],
    previousBuild: [
      1,
      () => runLink(job.builds.previous(build), toUrl, undefined),
    ],
  });
}
