import { raise, rejected } from '../groovy/errors';
import { GroovyObject, mapOf, toText, Value } from '../groovy/values';
import type { BuildResult } from '../types';
import type { Ctx } from './context';
import { environmentOf, variableOf } from './environment';
import { isWorse, parseResult } from './results';
import { durationText } from './time';

/** `env`. */
export class EnvObject extends GroovyObject {
  readonly type = 'org.jenkinsci.plugins.workflow.cps.EnvActionImpl';

  override getProperty(name: string, ctx: Ctx): Value {
    if (name === 'environment') {
      return mapOf(environmentOf(ctx));
    }
    return variableOf(ctx, name) ?? null;
  }

  override setProperty(name: string, value: Value, ctx: Ctx): boolean {
    if (value === null) {
      delete ctx.run.scriptEnv[name];
    } else {
      ctx.run.scriptEnv[name] = toText(value);
    }
    return true;
  }

  override invoke(name: string, args: Value[], ctx: Ctx): Value | undefined {
    switch (name) {
      case 'getEnvironment':
      case 'getOverriddenEnvironment':
        return mapOf(environmentOf(ctx));
      case 'getProperty':
      case 'getAt':
        return variableOf(ctx, toText(args[0] ?? null)) ?? null;
      case 'setProperty':
        this.setProperty(toText(args[0] ?? null), args[1] ?? null, ctx);
        return null;
      default:
        return undefined;
    }
  }
}

const RUN_WRAPPER =
  'org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper';

/** The build before, of which only its result is known. */
class PreviousBuild extends GroovyObject {
  readonly type = RUN_WRAPPER;

  private readonly number: number;
  private readonly result: BuildResult;

  constructor(number: number, result: BuildResult) {
    super();
    this.number = number;
    this.result = result;
  }

  override getProperty(name: string): Value | undefined {
    switch (name) {
      case 'result':
      case 'currentResult':
        return this.result;
      case 'number':
        return this.number;
      case 'id':
        return String(this.number);
      case 'displayName':
        return `#${this.number}`;
      default:
        return undefined;
    }
  }
}

/** A build that the `build` step started. */
export class DownstreamBuild extends GroovyObject {
  readonly type = RUN_WRAPPER;

  private readonly jobName: string;
  private readonly number: number;
  private readonly result: BuildResult | null;
  private readonly baseUrl: string;

  constructor(
    jobName: string,
    number: number,
    result: BuildResult | null,
    baseUrl: string,
  ) {
    super();
    this.jobName = jobName;
    this.number = number;
    this.result = result;
    this.baseUrl = baseUrl;
  }

  override getProperty(name: string): Value | undefined {
    switch (name) {
      case 'result':
        return this.result;
      case 'currentResult':
        return this.result ?? 'SUCCESS';
      case 'number':
        return this.number;
      case 'id':
        return String(this.number);
      case 'displayName':
        return `#${this.number}`;
      case 'projectName':
        return this.jobName.replace(/^.*\//, '');
      case 'fullProjectName':
        return this.jobName;
      case 'fullDisplayName':
        return `${this.jobName.replaceAll('/', ' » ')} #${this.number}`;
      case 'absoluteUrl':
        return `${this.baseUrl}job/${this.jobName
          .split('/')
          .map(encodeURIComponent)
          .join('/job/')}/${this.number}/`;
      default:
        return undefined;
    }
  }

  override invoke(name: string): Value | undefined {
    return name === 'getExternalizableId'
      ? `${this.jobName}#${this.number}`
      : undefined;
  }
}

/** `currentBuild`. */
export class CurrentBuild extends GroovyObject {
  readonly type = RUN_WRAPPER;

  override getProperty(name: string, ctx: Ctx): Value | undefined {
    const { run } = ctx;
    const { build, env } = run.request;
    switch (name) {
      case 'result':
        return run.shownResult(ctx);
      case 'currentResult':
        return run.shownResult(ctx) ?? 'SUCCESS';
      case 'number':
        return build.number;
      case 'id':
        return String(build.number);
      case 'displayName':
        return run.displayName;
      case 'description':
        return run.description;
      case 'fullDisplayName':
        return build.fullDisplayName;
      case 'projectName':
        return build.jobName.replace(/^.*\//, '');
      case 'fullProjectName':
        return build.jobName;
      case 'absoluteUrl':
        return env.BUILD_URL ?? build.url;
      case 'startTimeInMillis':
      case 'timeInMillis':
        return build.startTime;
      case 'duration':
        return Date.now() - build.startTime;
      case 'durationString':
        return `${durationText(Date.now() - build.startTime)} and counting`;
      case 'buildCauses':
        return build.causes.map(cause => mapOf({ ...cause }));
      case 'buildVariables':
        return mapOf(run.parameterEnv);
      case 'upstreamBuilds':
        return [];
      case 'keepLog':
        return false;
      case 'previousBuild':
      case 'previousCompletedBuild':
      case 'previousBuildInProgress':
        return build.previousResult && name !== 'previousBuildInProgress'
          ? new PreviousBuild(build.number - 1, build.previousResult)
          : null;
      case 'changeSets':
        return changeSets(ctx);
      case 'rawBuild':
        return rejected(`method ${RUN_WRAPPER} getRawBuild`);
      default:
        return undefined;
    }
  }

  override setProperty(name: string, value: Value, ctx: Ctx): boolean {
    const { run } = ctx;
    switch (name) {
      case 'result':
        if (value !== null) {
          run.setResult(parseResult(toText(value)));
        }
        return true;
      case 'displayName':
        run.displayName = toText(value);
        run.publishBuild();
        return true;
      case 'description':
        run.description = value === null ? null : toText(value);
        run.publishBuild();
        return true;
      case 'keepLog':
        return true;
      default:
        return false;
    }
  }

  override invoke(name: string, args: Value[], ctx: Ctx): Value | undefined {
    const shown = ctx.run.shownResult(ctx) ?? 'SUCCESS';
    const given = () => parseResult(toText(args[0] ?? null));
    switch (name) {
      case 'getBuildCauses': {
        const causes = ctx.run.request.build.causes;
        const wanted = args.length > 0 ? toText(args[0]) : undefined;
        return causes
          .filter(
            cause =>
              !wanted || cause._class.endsWith(wanted.replace(/^class /, '')),
          )
          .map(cause => mapOf({ ...cause }));
      }
      case 'resultIsBetterOrEqualTo':
        return !isWorse(shown, given());
      case 'resultIsWorseOrEqualTo':
        return !isWorse(given(), shown);
      default:
        return undefined;
    }
  }
}

function changeSets(ctx: Ctx): Value {
  const { changes } = ctx.run;
  if (changes.length === 0) {
    return [];
  }
  const items = changes.map(change =>
    mapOf({
      commitId: change.commitId,
      msg: change.message.split('\n')[0],
      comment: change.message,
      author: mapOf({ fullName: change.author, displayName: change.author }),
      timestamp: change.timestamp,
      affectedFiles: change.paths.map(({ editType, file }) =>
        mapOf({ path: file, editType: mapOf({ name: editType }) }),
      ),
      affectedPaths: change.paths.map(({ file }) => file),
    }),
  );
  return [mapOf({ kind: 'git', items })];
}

/** `params`: read only. */
export class ParamsObject extends GroovyObject {
  readonly type = 'java.util.Collections$UnmodifiableMap';

  override getProperty(name: string, ctx: Ctx): Value {
    return ctx.run.parameters.get(name) ?? null;
  }

  override setProperty(): boolean {
    return raise('UnsupportedOperationException', null);
  }

  override async invoke(
    name: string,
    args: Value[],
    ctx: Ctx,
  ): Promise<Value | undefined> {
    const copy = new Map(ctx.run.parameters);
    return ctx.run.interpreter.invoke(copy, name, args, ctx);
  }
}

/** `scm`: the repository that the Jenkinsfile is from. */
export class ScmObject extends GroovyObject {
  readonly type = 'hudson.plugins.git.GitSCM';

  override getProperty(name: string, ctx: Ctx): Value | undefined {
    const { scm } = ctx.run.request;
    if (!scm) {
      return undefined;
    }
    switch (name) {
      case 'userRemoteConfigs':
        return [
          mapOf({ url: scm.url, credentialsId: scm.credentialsId ?? null }),
        ];
      case 'branches':
        return [mapOf({ name: scm.branch })];
      case 'extensions':
        return [];
      case 'key':
        return `git ${scm.url}`;
      default:
        return undefined;
    }
  }
}
