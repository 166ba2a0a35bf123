import { openParameters } from '../engine/parameters';
import type { RunVariant } from '../engine/Queue';
import type { Exchange } from '../http/exchange';
import { HttpError, json, okJson, redirect } from '../http/reply';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import { PARAMETER } from '../config/classNames';
import type { ScmBinding } from '../execution/types';
import type { Build } from '../model/Build';
import { Cause, replayCause, restartCause, userCause } from '../model/causes';
import { Failure, NotSupported } from '../model/errors';

/** The repository of a run at the very commit that it checked out. */
function pinned(build: Build): ScmBinding | undefined {
  const { scm, checkouts } = build.record;
  const commit = checkouts.find(({ url }) => url === scm?.url)?.commit;
  return scm && { ...scm, branch: commit ?? scm.branch };
}

/** Puts a run like an earlier one into the queue. */
export function again(
  build: Build,
  exchange: Exchange,
  cause: Cause,
  variant: RunVariant,
): number {
  const { jenkins, caller } = exchange;
  const { item } = jenkins.schedule({
    job: build.job,
    causes: [userCause(caller), cause],
    parameters: openParameters(build.record.parameters, jenkins.secrets),
    variant: { scm: pinned(build), ...variant },
    quietPeriodMs: 0,
  });
  return item.id;
}

/** `replay/*` has no address while a run goes on or when its script is not known. */
function assertReplayable(build: Build): void {
  if (build.record.building || !build.record.script) {
    throw new HttpError(404, `${build.fullDisplayName} cannot be replayed`);
  }
  if (!build.job.buildable) {
    throw new HttpError(409, `${build.job.fullName} is not buildable`);
  }
  const password = build.record.parameters.some(
    ({ type }) => type === PARAMETER.password,
  );
  if (password) {
    throw new Failure(
      'Replay is not allowed when password parameters are used.',
    );
  }
}

/** Rebuilds with the same script and parameters; gives the queue id. */
export function rebuild(build: Build, exchange: Exchange): number {
  assertReplayable(build);
  return again(build, exchange, replayCause(build.number, true), {
    script: build.record.script,
  });
}

/** Stages a restart may begin at, or undefined when the run cannot be restarted at all. */
function restartable(build: Build, exchange: Exchange): string[] | undefined {
  const { building, restartableStages } = build.record;
  const may =
    !building &&
    restartableStages.length > 0 &&
    build.job.buildable &&
    exchange.caller.can(PERMISSION.build);
  return may ? restartableStages : undefined;
}

function restart(build: Build, exchange: Exchange, stage: string): void {
  const stages = restartable(build, exchange);
  if (!stages)
    throw new HttpError(404, `${build.fullDisplayName} cannot be restarted`);
  if (!stages.includes(stage)) {
    throw new Failure(
      `Failure restarting from stage: stage ${stage} does not exist or cannot be restarted from`,
    );
  }
  again(build, exchange, restartCause(build.number, stage), {
    script: build.record.script,
    restart: { stage, original: build.number },
  });
}

export const replayRoutes: Route<Build>[] = [
  {
    method: 'POST',
    path: 'replay/run',
    permission: PERMISSION.replay,
    handle(build, exchange) {
      assertReplayable(build);
      const { mainScript, ...others } = exchange.submittedForm;
      if (Object.keys(others).length) {
        throw new NotSupported('This stand-in replays the main script only.');
      }
      if (typeof mainScript !== 'string') {
        throw new HttpError(400, 'The form has no mainScript');
      }
      again(build, exchange, replayCause(build.number), { script: mainScript });
      return redirect(`${exchange.jenkins.rootUrl}${build.job.url}`);
    },
  },
  {
    method: 'POST',
    path: 'replay/rebuild',
    permission: PERMISSION.build,
    handle(build, exchange) {
      rebuild(build, exchange);
      return redirect(`${exchange.jenkins.rootUrl}${build.job.url}`);
    },
  },
  {
    method: 'GET',
    path: 'restart/api/json',
    handle(build, exchange) {
      const stages = restartable(build, exchange);
      if (!stages) {
        throw new HttpError(
          404,
          `${build.fullDisplayName} cannot be restarted`,
        );
      }
      return json({
        _class:
          'org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction',
        restartEnabled: true,
        restartableStages: stages,
      });
    },
  },
  {
    method: 'POST',
    path: 'restart/restartPipeline',
    handle(build, exchange) {
      try {
        restart(build, exchange, exchange.parameter('stageName') ?? '');
        return okJson({ success: 'true', message: 'ok' });
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return okJson({ success: 'false', message: error.message });
      }
    },
  },
  {
    method: 'POST',
    path: 'restart/restart',
    permission: PERMISSION.build,
    handle(build, exchange) {
      const { stageName } = exchange.submittedForm;
      restart(build, exchange, typeof stageName === 'string' ? stageName : '');
      return redirect(`${exchange.jenkins.rootUrl}${build.job.url}`);
    },
  },
];
