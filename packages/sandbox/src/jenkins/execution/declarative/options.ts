import { CallExpression } from '../groovy/ast';
import { Unsupported } from '../groovy/errors';
import { toText, truth, Value } from '../groovy/values';
import type { Ctx } from '../runtime/context';
import { parameterDefinition } from '../steps/parameters';
import { symbolic, Symbolic } from '../steps/symbols';
import type { JobProperties } from '../types';
import { EnvironmentValues } from './environment';
import { isWrapper } from './metadata';
import { MethodModel, MethodsModel, PipelineModel } from './model';
import { runStep } from './runStep';

/** The arguments of an option, a trigger or a parameter; calls inside become symbols. */
export async function argumentsOfMethod(
  call: CallExpression,
  values: EnvironmentValues,
  ctx: Ctx,
): Promise<Value[]> {
  const named = new Map<Value, Value>();
  for (const { key, value } of call.named) {
    named.set(
      toText(await values.evaluate(key, ctx)),
      await argument(value, values, ctx),
    );
  }
  const positional: Value[] = [];
  for (const value of call.args) {
    positional.push(await argument(value, values, ctx));
  }
  return named.size > 0 ? [named, ...positional] : positional;
}

async function argument(
  value: CallExpression['args'][number],
  values: EnvironmentValues,
  ctx: Ctx,
): Promise<Value> {
  if (value.kind === 'call' && !value.target && value.method === 'logRotator') {
    return symbolic('logRotator', await argumentsOfMethod(value, values, ctx));
  }
  return values.evaluate(value, ctx);
}

/** What the options of a pipeline or a stage mean for how it runs. */
export interface RunOptions {
  readonly skipDefaultCheckout: boolean;
  readonly skipStagesAfterUnstable: boolean;
  readonly parallelsAlwaysFailFast: boolean;
  readonly disableRestartFromStage: boolean;
  readonly checkoutSubdirectory: string | undefined;
}

function find(options: MethodsModel | undefined, name: string) {
  return options?.methods.find(method => method.name === name);
}

async function switchedOn(
  method: MethodModel | undefined,
  values: EnvironmentValues,
  ctx: Ctx,
): Promise<boolean> {
  if (!method) {
    return false;
  }
  const [first] = await argumentsOfMethod(method.call, values, ctx);
  const given = first instanceof Map ? [...first.values()][0] : first;
  return given === undefined || given === null || truth(given);
}

export async function runOptions(
  options: MethodsModel | undefined,
  values: EnvironmentValues,
  ctx: Ctx,
): Promise<RunOptions> {
  const subdirectory = find(options, 'checkoutToSubdirectory');
  const [folder] = subdirectory
    ? await argumentsOfMethod(subdirectory.call, values, ctx)
    : [];
  return {
    skipDefaultCheckout: await switchedOn(
      find(options, 'skipDefaultCheckout'),
      values,
      ctx,
    ),
    skipStagesAfterUnstable:
      find(options, 'skipStagesAfterUnstable') !== undefined,
    parallelsAlwaysFailFast:
      find(options, 'parallelsAlwaysFailFast') !== undefined,
    disableRestartFromStage:
      find(options, 'disableRestartFromStage') !== undefined,
    checkoutSubdirectory:
      folder === undefined
        ? undefined
        : toText(folder instanceof Map ? [...folder.values()][0] : folder),
  };
}

/** Runs a body inside the options that are steps: `timeout`, `retry`, `timestamps` … the first is the outermost. */
export async function inWrappers(
  ctx: Ctx,
  options: MethodsModel | undefined,
  values: EnvironmentValues,
  body: (ctx: Ctx) => Promise<void>,
): Promise<void> {
  const wrappers = (options?.methods ?? []).filter(({ name }) =>
    isWrapper(name),
  );
  const wrap = async (index: number, inner: Ctx): Promise<void> => {
    const wrapper = wrappers[index];
    if (!wrapper) {
      await body(inner);
      return;
    }
    const args = await argumentsOfMethod(wrapper.call, values, inner);
    await runStep(wrapper.name, args, inner, next => wrap(index + 1, next));
  };
  await wrap(0, ctx);
}

const number = (value: Value | undefined): number => {
  const text = toText(value ?? '');
  const parsed = Number(text === '' ? -1 : text);
  return Number.isInteger(parsed) ? parsed : -1;
};

function discarder(value: Value): JobProperties['buildDiscarder'] {
  const strategy =
    value instanceof Map
      ? (value.get('strategy') ?? [...value.values()][0])
      : value;
  if (!(strategy instanceof Symbolic) || strategy.symbol !== 'logRotator') {
    throw new Unsupported('a build discarder other than logRotator');
  }
  return {
    daysToKeep: number(strategy.args.get('daysToKeepStr')),
    numToKeep: number(strategy.args.get('numToKeepStr')),
    artifactDaysToKeep: number(strategy.args.get('artifactDaysToKeepStr')),
    artifactNumToKeep: number(strategy.args.get('artifactNumToKeepStr')),
  };
}

async function applyOption(
  properties: JobProperties,
  method: MethodModel,
  values: EnvironmentValues,
  ctx: Ctx,
): Promise<void> {
  const { name } = method;
  if (isWrapper(name)) {
    return;
  }
  const [first = null] = await argumentsOfMethod(method.call, values, ctx);
  const sole = first instanceof Map ? ([...first.values()][0] ?? null) : first;
  switch (name) {
    case 'buildDiscarder':
      properties.buildDiscarder = discarder(first);
      return;
    case 'disableConcurrentBuilds':
      properties.disableConcurrentBuilds = {
        abortPrevious: sole !== null && truth(sole),
      };
      return;
    case 'disableRestartFromStage':
      properties.disableRestartFromStage = true;
      return;
    case 'disableResume':
      properties.disableResume = true;
      return;
    case 'quietPeriod':
      properties.quietPeriodSeconds = sole === null ? 5 : number(sole);
      return;
    case 'preserveStashes':
      properties.preserveStashes = {
        buildCount: sole === null ? 1 : number(sole),
      };
      return;
    case 'rateLimitBuilds':
    case 'authorizationMatrix':
      throw new Unsupported(`the option ${name}`);
    default:
  }
}

async function triggersOf(
  triggers: MethodsModel,
  values: EnvironmentValues,
  ctx: Ctx,
): Promise<JobProperties['triggers']> {
  const found = {
    cron: [] as string[],
    pollScm: [] as string[],
    upstream: [] as string[],
  };
  for (const { name, call } of triggers.methods) {
    const [first = null] = await argumentsOfMethod(call, values, ctx);
    const sole =
      first instanceof Map ? ([...first.values()][0] ?? null) : first;
    if (name === 'cron') {
      found.cron.push(toText(sole));
    } else if (name === 'pollSCM') {
      found.pollScm.push(toText(sole));
    } else if (name === 'upstream') {
      const jobs =
        first instanceof Map ? (first.get('upstreamProjects') ?? null) : first;
      found.upstream.push(
        ...toText(jobs)
          .split(',')
          .map(job => job.trim())
          .filter(Boolean),
      );
    } else {
      throw new Unsupported(`the trigger ${name}`);
    }
  }
  return found;
}

/** What a pipeline says about its own job. */
export async function jobProperties(
  model: PipelineModel,
  values: EnvironmentValues,
  ctx: Ctx,
): Promise<JobProperties> {
  const properties: JobProperties = {};
  for (const method of model.options?.methods ?? []) {
    await applyOption(properties, method, values, ctx);
  }
  if (model.parameters) {
    properties.parameters = [];
    for (const { name, call } of model.parameters.methods) {
      const args = await argumentsOfMethod(call, values, ctx);
      properties.parameters.push(parameterDefinition(symbolic(name, args)));
    }
  }
  if (model.triggers) {
    properties.triggers = await triggersOf(model.triggers, values, ctx);
  }
  return properties;
}
