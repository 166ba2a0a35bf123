import { Expression } from '../groovy/ast';
import { raise } from '../groovy/errors';
import { javaRegex, matchesWhole } from '../groovy/regex';
import { Closure, equal, Scope, toText, truth, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { variableOf } from '../runtime/environment';
import { antPattern } from '../runtime/globs';
import { invokeStep } from '../steps/invoke';
import { STEPS } from '../steps/registry';
import type { ChangeSetEntry } from '../types';
import { ConditionModel, WhenModel } from './model';

type Named = (name: string) => Value;

/** Compares by GLOB (Ant's, unless told otherwise), REGEXP or EQUALS. */
function compares(
  comparator: Value,
  pattern: string,
  actual: string,
  caseSensitive = true,
): boolean {
  switch (toText(comparator ?? '').toUpperCase()) {
    case 'REGEXP':
      return matchesWhole(pattern, actual);
    case 'EQUALS':
      return actual === pattern;
    default:
      return antPattern(pattern, caseSensitive).test(actual);
  }
}

function branchMatches(ctx: Ctx, arg: Named): boolean {
  const pattern = toText(arg('pattern') ?? '');
  const branch =
    variableOf(ctx, 'BRANCH_NAME') || variableOf(ctx, 'GIT_LOCAL_BRANCH') || '';
  if (!branch || !pattern) {
    return branch === pattern;
  }
  return compares(arg('comparator'), pattern, branch);
}

function tagMatches(ctx: Ctx, arg: Named): boolean {
  const tag = variableOf(ctx, 'TAG_NAME');
  if (!tag) {
    return false;
  }
  const pattern = arg('pattern');
  return !pattern || compares(arg('comparator'), toText(pattern), tag);
}

/** Attributes of a change request and the variables that hold them. */
const CHANGE_VARIABLES: Readonly<Record<string, string>> = {
  id: 'CHANGE_ID',
  target: 'CHANGE_TARGET',
  branch: 'CHANGE_BRANCH',
  fork: 'CHANGE_FORK',
  url: 'CHANGE_URL',
  title: 'CHANGE_TITLE',
  author: 'CHANGE_AUTHOR',
  authorDisplayName: 'CHANGE_AUTHOR_DISPLAY_NAME',
  authorEmail: 'CHANGE_AUTHOR_EMAIL',
};

function changeRequest(ctx: Ctx, arg: Named): boolean {
  if (!variableOf(ctx, 'CHANGE_ID')) {
    return false;
  }
  return Object.entries(CHANGE_VARIABLES).every(([name, variable]) => {
    const wanted = arg(name);
    const comparator = arg('comparator') ?? 'EQUALS';
    return (
      wanted === null ||
      compares(comparator, toText(wanted), variableOf(ctx, variable) ?? '')
    );
  });
}

async function anyChange(
  ctx: Ctx,
  matches: (change: ChangeSetEntry) => boolean,
): Promise<boolean> {
  const { run } = ctx;
  if (run.changes.length > 0) {
    return run.changes.some(matches);
  }
  const first = run.request.build.number <= 1;
  const echo = STEPS.get('echo');
  if (echo) {
    const why = first
      ? 'Warning, empty changelog. Probably because this is the first build.'
      : 'Warning, empty changelog. Have you run checkout?';
    await invokeStep(echo, [why], ctx);
  }
  return false;
}

function changelogMatcher(
  pattern: string,
): (change: ChangeSetEntry) => boolean {
  const lines = javaRegex(`^[^\\r\\n]*?${pattern}[^\\r\\n]*?$`, 'ms');
  return ({ message }) => {
    const [title] = message.split('\n');
    const whole = lines.exec(`${message}\n`) ?? lines.exec(message);
    return (
      matchesWhole(pattern, title) ||
      (whole !== null && whole[0].length >= message.trimEnd().length)
    );
  };
}

function environmentMatches(ctx: Ctx, arg: Named): boolean {
  const actual = variableOf(ctx, toText(arg('name')));
  const value = arg('value');
  if (actual === undefined || value === null) {
    return actual === undefined && value === null;
  }
  const ignoreCase = truth(arg('ignoreCase'));
  const wanted = toText(value);
  return ignoreCase
    ? wanted.toLowerCase() === actual.toLowerCase()
    : wanted === actual;
}

function triggeredBy(ctx: Ctx, arg: Named): boolean {
  const cause = toText(arg('cause'));
  const detail = arg('detail');
  return ctx.run.request.build.causes.some(({ _class, userId }) => {
    const simple = _class.replace(/^.*[.$]/, '');
    if (simple === 'UserIdCause' && cause === simple) {
      return detail === null || userId === toText(detail);
    }
    return matchesWhole(`(?i).*${cause}.*`, simple);
  });
}

/** Whether the build was started by restarting another from a stage. */
export function isRestarted(ctx: Ctx): boolean {
  const { restartFromStage, build } = ctx.run.request;
  return (
    restartFromStage !== undefined ||
    build.causes.some(cause =>
      cause._class.endsWith('RestartDeclarativePipelineCause'),
    )
  );
}

async function evaluateArguments(
  { name, call }: ConditionModel,
  scope: Scope,
  ctx: Ctx,
): Promise<Named> {
  const { interpreter } = ctx.run;
  const named = new Map<string, Value>();
  const value = (expression: Expression) =>
    interpreter.evaluate(expression, scope, ctx);
  for (const entry of call.named) {
    named.set(toText(await value(entry.key)), await value(entry.value));
  }
  const [first] = call.args;
  if (first) {
    named.set(name === 'triggeredBy' ? 'cause' : 'pattern', await value(first));
  }
  return key => named.get(key) ?? null;
}

async function holds(
  condition: ConditionModel,
  scope: Scope,
  ctx: Ctx,
): Promise<boolean> {
  const children = condition.children ?? [];
  switch (condition.name) {
    case 'expression': {
      const { code } = condition;
      if (!code) {
        return false;
      }
      const closure = new Closure({
        parameters: code.parameters,
        body: code.body,
        scope,
      });
      return truth(await ctx.run.interpreter.callClosure(closure, [], ctx));
    }
    case 'allOf':
      return every(children, scope, ctx);
    case 'anyOf':
      for (const child of children) {
        if (await holds(child, scope, ctx)) {
          return true;
        }
      }
      return false;
    case 'not':
      return !(await every(children, scope, ctx));
    default:
  }
  const arg = await evaluateArguments(condition, scope, ctx);
  switch (condition.name) {
    case 'branch':
      return branchMatches(ctx, arg);
    case 'buildingTag':
      return Boolean(variableOf(ctx, 'TAG_NAME'));
    case 'changeRequest':
      return changeRequest(ctx, arg);
    case 'changelog':
      return anyChange(ctx, changelogMatcher(toText(arg('pattern'))));
    case 'changeset': {
      const pattern = toText(arg('pattern'));
      return anyChange(ctx, ({ paths }) =>
        paths.some(({ file }) =>
          compares(
            arg('comparator'),
            pattern,
            file,
            truth(arg('caseSensitive')),
          ),
        ),
      );
    }
    case 'environment':
      return environmentMatches(ctx, arg);
    case 'equals':
      return equal(arg('expected'), arg('actual'));
    case 'isRestartedRun':
      return isRestarted(ctx);
    case 'tag':
      return tagMatches(ctx, arg);
    case 'triggeredBy':
      return triggeredBy(ctx, arg);
    default:
      return raise(
        'IllegalStateException',
        `unknown condition ${condition.name}`,
      );
  }
}

async function every(
  conditions: readonly ConditionModel[],
  scope: Scope,
  ctx: Ctx,
): Promise<boolean> {
  for (const condition of conditions) {
    if (!(await holds(condition, scope, ctx))) {
      return false;
    }
  }
  return true;
}

/** The `when` of a stage, evaluated once, at the first of its places that is asked for. */
export class WhenGate {
  passed: boolean;

  private readonly when: WhenModel | undefined;
  private readonly scope: Scope;

  constructor(when: WhenModel | undefined, scope: Scope) {
    this.when = when;
    this.scope = scope;

    this.passed = when === undefined;
  }

  /** True when the stage may go on: it passed, or it is not the time to ask. */
  async opens(
    ctx: Ctx,
    at: 'beforeOptions' | 'beforeInput' | 'beforeAgent' | 'last',
  ): Promise<boolean> {
    if (this.passed || !this.when) {
      return true;
    }
    if (at !== 'last' && !this.when[at]) {
      return true;
    }
    this.passed = await every(this.when.conditions, this.scope, ctx);
    return this.passed;
  }
}
