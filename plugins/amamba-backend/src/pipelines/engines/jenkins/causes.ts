import type { RunCause } from '@amamba/backstage-plugin-amamba-common';
import { z } from 'zod';

/** What `api/json` tells of a cause. */
export const CAUSES_TREE =
  'causes[_class,shortDescription,userId,userName,upstreamProject,upstreamBuild]';

export const causeSchema = z.object({
  _class: z.string().nullish(),
  shortDescription: z.string().nullish(),
  userId: z.string().nullish(),
  userName: z.string().nullish(),
  upstreamProject: z.string().nullish(),
  upstreamBuild: z.number().int().nullish(),
});
export type JenkinsCause = z.output<typeof causeSchema>;

export const RESTART_CAUSE =
  'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause';
/** Somebody who is signed in: of requests over the API, whose token it was. */
export const USER_CAUSE = 'hudson.model.Cause$UserIdCause';

/** Meaning of cause classes; a run that has several is told by the first in this order. */
const TYPES: readonly (readonly [RunCause['type'], readonly string[]])[] = [
  ['restart', [RESTART_CAUSE]],
  ['rerun', ['org.jenkinsci.plugins.workflow.cps.replay.ReplayCause']],
  [
    'upstream',
    [
      'hudson.model.Cause$UpstreamCause',
      'org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause',
      'jenkins.triggers.ReverseBuildTrigger$ReverseBuildCause',
    ],
  ],
  ['webhook', ['org.jenkinsci.plugins.gwt.GenericCause']],
  [
    'push',
    [
      'hudson.triggers.SCMTrigger$SCMTriggerCause',
      'com.cloudbees.jenkins.GitHubPushCause',
      'com.dabsquared.gitlabjenkins.cause.GitLabWebHookCause',
      'jenkins.branch.BranchEventCause',
      'jenkins.branch.BranchIndexingCause',
      'hudson.plugins.git.GitStatus$CommitHookCause',
    ],
  ],
  ['schedule', ['hudson.triggers.TimerTrigger$TimerTriggerCause']],
  ['manual', [USER_CAUSE, 'hudson.model.Cause$UserCause']],
  ['api', ['hudson.model.Cause$RemoteCause']],
];

function textOf(cause: JenkinsCause): string | undefined {
  return cause.upstreamProject && cause.upstreamBuild
    ? `${cause.upstreamProject} #${cause.upstreamBuild}`
    : (cause.shortDescription ?? undefined);
}

/** Why a run started, from all causes that Jenkins names. */
export function readCause(causes: readonly JenkinsCause[]): RunCause {
  const user = causes.find(cause => cause._class === USER_CAUSE);
  const by = user?.userId ?? user?.userName ?? undefined;
  for (const [type, classes] of TYPES) {
    const cause = causes.find(item => classes.includes(item._class ?? ''));
    if (cause) {
      return { type, by, text: type === 'manual' ? undefined : textOf(cause) };
    }
  }
  const [first] = causes;
  return { type: 'other', by, text: first && textOf(first) };
}
