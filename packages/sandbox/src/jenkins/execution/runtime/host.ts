import { raise, Unsupported } from '../groovy/errors';
import type { Host } from '../groovy/host';
import { constructJava, fullClassName, javaClass } from '../groovy/javaClasses';
import type { Value } from '../groovy/values';
import { invokeStep } from '../steps/invoke';
import { KNOWN_ELSEWHERE, STEPS } from '../steps/registry';
import { stageStep } from '../steps/stage';
import { SYMBOLS, symbolic } from '../steps/symbols';
import type { Ctx } from './context';
import { variableOf } from './environment';
import { CurrentBuild, EnvObject, ParamsObject, ScmObject } from './globals';

/** Functions that run with the whole script in hand, added by the executor. */
export type ScriptFunctions = ReadonlyMap<
  string,
  (args: Value[], ctx: Ctx) => Promise<Value>
>;

const GLOBALS: Readonly<Record<string, Value>> = {
  env: new EnvObject(),
  params: new ParamsObject(),
  currentBuild: new CurrentBuild(),
};

/** What a pipeline's script sees of Jenkins. */
export class PipelineHost implements Host {
  private imports: ReadonlyMap<string, string> = new Map();

  private readonly functions: ScriptFunctions;

  constructor(functions: ScriptFunctions) {
    this.functions = functions;
  }

  useImports(imports: ReadonlyMap<string, string>): void {
    this.imports = imports;
  }

  className(name: string): string | undefined {
    return this.imports.get(name) ?? fullClassName(name);
  }

  variable(name: string, ctx: Ctx): Value | undefined {
    if (Object.hasOwn(GLOBALS, name)) {
      return GLOBALS[name];
    }
    if (name === 'scm') {
      return ctx.run.request.scm
        ? new ScmObject()
        : raise(
            'hudson.AbortException',
            '‘checkout scm’ is only available when using “Multibranch Pipeline” or “Pipeline script from SCM”',
          );
    }
    if (name === 'docker') {
      throw new Unsupported('the global variable docker');
    }
    if (/(?:^|\.)[A-Z]/.test(name)) {
      const full = this.className(name);
      const known = full === undefined ? undefined : javaClass(full);
      if (known) {
        return known;
      }
      if (full !== undefined || name.includes('.')) {
        throw new Unsupported(`the Java class ${full ?? name}`);
      }
    }
    return variableOf(ctx, name);
  }

  call(name: string, args: Value[], ctx: Ctx): Promise<Value> | undefined {
    const own = this.functions.get(name);
    if (own) {
      return own(args, ctx);
    }
    if (name === 'stage') {
      return stageStep(args, ctx);
    }
    const step = STEPS.get(name);
    if (step) {
      return invokeStep(step, args, ctx);
    }
    if (SYMBOLS.has(name)) {
      return Promise.resolve(symbolic(name, args));
    }
    return undefined;
  }

  unknownCall(name: string, ctx: Ctx): never {
    if (KNOWN_ELSEWHERE.has(name)) {
      throw new Unsupported(`the step ${name}`);
    }
    ctx.run.noteUnknown(`the step ${name}`);
    return raise(
      'java.lang.NoSuchMethodError',
      `No such DSL method '${name}' found among steps [${[...STEPS.keys()].sort().join(', ')}] or symbols [${[...SYMBOLS].sort().join(', ')}] or globals [currentBuild, env, params, pipeline, scm]`,
    );
  }

  unknownGlobal(name: string, ctx: Ctx): void {
    ctx.run.noteUnknown(`the global variable ${name}`);
  }

  construct(type: string, args: Value[]): Value {
    return constructJava(this.className(type) ?? type, args);
  }
}
