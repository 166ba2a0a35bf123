import { Expression } from '../groovy/ast';
import { soleParameter } from '../steps/definition';
import { javaRegex } from '../groovy/regex';
import { GroovyThrow } from '../groovy/errors';
import type { ToolInstallation } from '../types';
import { ErrorCollector } from './collector';
import { argumentsOf, isBareDollar } from './match';
import {
  AGENT_OPTIONS,
  AGENT_TYPES,
  CONDITIONS,
  functionParameters,
  isOption,
  optionNames,
  PARAMETERS,
  PLUGIN_AGENTS,
  POST_CONDITIONS,
  TOOL_TYPES,
  TRIGGERS,
} from './metadata';
import {
  AgentModel,
  AxesModel,
  AxisModel,
  ConditionModel,
  EnvironmentModel,
  MatrixModel,
  MethodModel,
  MethodsModel,
  PipelineModel,
  PostModel,
  StageModel,
  StageSections,
  StagesModel,
  ToolsModel,
} from './model';
import { nearest } from './nearest';
import { blocked, checkNamed, checkType } from './stepsParser';

/** Things said twice, each once. */
function duplicates(words: readonly string[]): string[] {
  return [
    ...new Set(words.filter((word, index) => words.indexOf(word) !== index)),
  ];
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The rules of declarative pipelines beyond their form, as Jenkins' own validator has them. */
export class Validator {
  /** What is unknown here but may be a plugin's. */
  unsupported: string | undefined;

  private readonly errors: ErrorCollector;
  private readonly tools: readonly ToolInstallation[];
  private readonly scriptSplitting: boolean;

  constructor(
    errors: ErrorCollector,
    tools: readonly ToolInstallation[],
    scriptSplitting: boolean,
  ) {
    this.errors = errors;
    this.tools = tools;
    this.scriptSplitting = scriptSplitting;
  }

  pipeline(model: PipelineModel): void {
    const { errors } = this;
    if (!model.stages) {
      errors.error(model, 'Missing required section "stages"');
    }
    if (!model.agent) {
      errors.error(model, 'Missing required section "agent"');
    }
    if (model.stages) {
      this.stages(model.stages, false);
    }
    if (model.agent) {
      this.agent(model.agent);
    }
    this.sections(model);
    if (model.options) {
      this.options(model.options, false);
    }
    if (model.parameters) {
      this.methods(model.parameters, 'parameters', 'parameter', PARAMETERS);
    }
    if (model.triggers) {
      this.methods(model.triggers, 'triggers', 'trigger', TRIGGERS);
      for (const name of duplicates(model.triggers.methods.map(m => m.name))) {
        if (name) {
          errors.error(model.triggers, `Duplicate trigger name: "${name}"`);
        }
      }
    }
    if (model.libraries) {
      this.maybe('shared libraries');
    }
  }

  private maybe(what: string): void {
    this.unsupported ??= what;
  }

  private sections(of: StageSections & { readonly post?: PostModel }): void {
    if (of.environment) {
      this.environment(of.environment);
    }
    if (of.post) {
      this.post(of.post);
    }
    if (of.tools) {
      this.toolsSection(of.tools);
    }
  }

  private stageSections(of: StageSections): void {
    if (of.agent) {
      this.agent(of.agent);
    }
    this.sections(of);
    if (of.options) {
      this.options(of.options, true);
    }
    of.when?.conditions.forEach(condition => this.condition(condition));
    for (const parameter of of.input?.parameters ?? []) {
      this.method(parameter, 'parameter', PARAMETERS);
    }
  }

  private stages(stages: StagesModel, within: boolean): void {
    const { errors } = this;
    if (stages.stages.length === 0) {
      errors.error(stages, 'No stages specified');
    }
    if (stages.stages.length > 250 && !this.scriptSplitting) {
      errors.error(
        stages,
        'List expressions can only contain up to 250 elements',
      );
    }
    for (const name of duplicates(stages.stages.map(stage => stage.name))) {
      errors.error(stages, `Duplicate stage name: "${name}"`);
    }
    stages.stages.forEach(stage => this.stage(stage, within));
  }

  private stage(stage: StageModel, within: boolean): void {
    const { errors } = this;
    const { matrix, parallel, steps, stages } = stage;
    const kinds = [steps, parallel, matrix, stages].filter(Boolean).length;
    const branches = steps?.branches ? steps.branches.size : 0;
    if (within && (branches > 1 || parallel || matrix)) {
      errors.error(
        matrix ?? parallel ?? stage,
        '"matrix" or "parallel" cannot be nested inside another "matrix" or "parallel".',
      );
    } else if (kinds > 1) {
      errors.error(
        stage,
        `Only one of "matrix", "parallel", "stages", or "steps" allowed for stage "${stage.name}"`,
      );
    } else if (kinds === 0) {
      errors.error(
        stage,
        `Expected one of "steps", "stages", or "parallel" for stage "${stage.name}"`,
      );
    } else if (parallel || matrix) {
      if (stage.agent) {
        errors.error(
          stage.agent,
          `"agent" is not allowed in stage "${stage.name}" as it contains parallel or matrix stages`,
        );
      }
      if (stage.tools) {
        errors.error(
          stage.tools,
          `"tools" is not allowed in stage "${stage.name}" as it contains parallel or matrix stages`,
        );
      }
    }
    this.stageSections(stage);
    if (stages) {
      this.stages(stages, within);
    }
    if (parallel) {
      this.stages(parallel, true);
    }
    if (matrix) {
      this.matrix(matrix);
    }
  }

  private matrix(matrix: MatrixModel): void {
    const { errors } = this;
    if (!matrix.axes) {
      errors.error(matrix, 'Missing required section "axes"');
    }
    if (!matrix.stages) {
      errors.error(matrix, 'Missing required section "stages"');
    }
    this.stageSections(matrix);
    if (matrix.axes) {
      this.axes(matrix.axes);
      matrix.axes.axes.forEach(axis => this.axis(axis));
    }
    if (matrix.excludes?.list.length === 0) {
      errors.error(matrix.excludes, 'No exclude directives specified');
    }
    for (const exclude of matrix.excludes?.list ?? []) {
      this.axes(exclude);
      exclude.axes.forEach(axis => this.axis(axis));
    }
    if (matrix.stages) {
      this.stages(matrix.stages, true);
    }
  }

  private axes({ axes, ...range }: AxesModel): void {
    if (axes.length === 0) {
      this.errors.error(range, 'No axis directives specified');
    }
    const names = axes.map(axis => axis.name?.text ?? '').filter(Boolean);
    for (const name of duplicates(names)) {
      const at = axes.filter(axis => axis.name?.text === name)[1].name;
      this.errors.error(at ?? range, `Duplicate axis name: "${name}"`);
    }
  }

  private axis(axis: AxisModel): void {
    const { errors } = this;
    if (!axis.name) {
      errors.error(axis, 'Missing required section "name"');
    } else if (!IDENTIFIER.test(axis.name.text)) {
      errors.error(
        axis.name,
        `"${axis.name.text}" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.`,
      );
    }
    if (axis.values.length === 0) {
      errors.error(axis, 'Missing required section "values"');
    }
    const literals = axis.values.flatMap(value =>
      value.kind === 'constant' ? [String(value.value)] : [],
    );
    for (const value of duplicates(literals)) {
      errors.error(axis.values[0], `Duplicate axis value: "${value}"`);
    }
    for (const value of axis.values) {
      if (value.kind !== 'constant') {
        const source = errors.source(value);
        errors.error(
          value,
          `Expected string literal but got ${value.kind === 'gstring' ? source : `\${${source}}`}`,
        );
      }
    }
  }

  private environment({ entries, ...range }: EnvironmentModel): void {
    if (entries.length === 0) {
      this.errors.error(range, 'No variables specified for environment');
    }
    for (const { name, ...at } of entries) {
      if (!IDENTIFIER.test(name)) {
        this.errors.error(
          at,
          `"${name}" is not a valid identifier and cannot be used for an environment variable. Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.`,
        );
      }
    }
  }

  private post({ conditions, ...range }: PostModel): void {
    const { errors } = this;
    if (conditions.length === 0) {
      errors.error(range, 'post can not be empty');
    }
    for (const name of duplicates(conditions.map(c => c.name))) {
      errors.error(range, `Duplicate build condition name: "${name}"`);
    }
    for (const { name, body, ...at } of conditions) {
      if (!POST_CONDITIONS.some(known => known === name)) {
        errors.error(
          at,
          `Invalid condition "${name}" - valid conditions are [${POST_CONDITIONS.join(', ')}]`,
        );
      }
      if (body.body.statements.length === 0) {
        errors.error(body, 'No steps specified for branch');
      }
    }
  }

  private toolsSection({ tools, ...range }: ToolsModel): void {
    const { errors } = this;
    if (tools.length === 0) {
      errors.error(range, 'No tools specified');
    }
    for (const { name, value, ...at } of tools) {
      const installed = this.tools.filter(tool => tool.type === name);
      if (!TOOL_TYPES.includes(name) && installed.length === 0) {
        errors.error(
          at,
          `Invalid tool type "${name}". Valid tool types: [${TOOL_TYPES.join(', ')}]`,
        );
        this.maybe(`the tool type ${name}`);
      } else if (installed.length === 0) {
        this.maybe(`the tool ${name}, of which none is installed,`);
      } else if (value.kind === 'constant') {
        const wanted = String(value.value);
        const names = installed.map(tool => tool.name);
        if (!names.includes(wanted)) {
          errors.error(
            value,
            `Tool type "${name}" does not have an install of "${wanted}" configured - did you mean "${nearest(wanted, names)}"?`,
          );
        }
      }
    }
  }

  private agent(agent: AgentModel): void {
    const { errors } = this;
    const { type } = agent;
    const types = `[${AGENT_TYPES.join(', ')}]`;
    if (type === undefined) {
      errors.error(agent, `No agent type specified. Must be one of ${types}`);
      return;
    }
    if (type === 'any' || type === 'none') {
      return;
    }
    const known = AGENT_OPTIONS[type];
    if (!known) {
      if (!PLUGIN_AGENTS.has(type)) {
        errors.error(
          agent,
          `Invalid agent type "${type}" specified. Must be one of ${types}`,
        );
      }
      this.maybe(`the agent type ${type}`);
      return;
    }
    if (agent.value) {
      return;
    }
    for (const name of known.required) {
      if (!agent.options.has(name)) {
        errors.error(
          agent,
          `Missing required parameter for agent type "${type}": ${name}`,
        );
      }
    }
    for (const [name, value] of agent.options) {
      if (!known.known.includes(name)) {
        errors.error(
          value,
          `Invalid config option "${name}" for agent type "${type}". Valid config options are [${known.known.join(', ')}]`,
        );
      }
    }
  }

  private options({ methods, ...range }: MethodsModel, inStage: boolean): void {
    const { errors } = this;
    if (methods.length === 0) {
      errors.error(range, 'options can not be empty');
    }
    for (const name of duplicates(methods.map(m => m.name).filter(Boolean))) {
      errors.error(range, `Duplicate option name: "${name}"`);
    }
    for (const method of methods.filter(m => m.name)) {
      const { name } = method;
      if (!inStage && (name === 'parameters' || name === 'pipelineTriggers')) {
        const what = name === 'parameters' ? 'parameters' : 'triggers';
        // Jenkins' formatting eats the apostrophe of "can't".
        errors.error(
          method,
          `The "${what}" job property cant be used in the "options" directive. Use the "${what} {...}" directive instead.`,
        );
      } else if (isOption(name, inStage)) {
        this.call(method, method.call.named.length > 0);
      } else {
        errors.error(
          method,
          `Invalid option type "${name}". Valid option types: [${optionNames(inStage).join(', ')}]`,
        );
        if (!(inStage && isOption(name, false))) {
          this.maybe(`the option ${name}`);
        }
      }
    }
  }

  private methods(
    { methods, ...range }: MethodsModel,
    section: string,
    kind: string,
    known: Readonly<Record<string, unknown>>,
  ): void {
    if (methods.length === 0) {
      this.errors.error(range, `${section} can not be empty`);
    }
    methods.forEach(method => this.method(method, kind, known));
  }

  private method(
    method: MethodModel,
    kind: string,
    known: Readonly<Record<string, unknown>>,
  ): void {
    const { name, call } = method;
    if (name === '') {
      return;
    }
    if (!Object.hasOwn(known, name)) {
      this.errors.error(
        method,
        `Invalid ${kind} type "${name}". Valid ${kind} types: [${Object.keys(known).join(', ')}]`,
      );
      this.maybe(`the ${kind} type ${name}`);
    }
    this.call(method, call.named.length > 0);
  }

  /** Arguments of an option, a trigger or a parameter, and of calls inside. */
  private call({ name, call, ...at }: MethodModel, mixed: boolean): void {
    const { errors } = this;
    const why = blocked(name, true);
    if (why) {
      errors.error(at, why);
    }
    const positional = call.args;
    if (mixed && positional.length > 0) {
      errors.error(at, 'Cannot mix named and unnamed arguments');
      return;
    }
    for (const argument of argumentsOf(call)) {
      const value = 'entry' in argument ? argument.entry.value : argument.value;
      this.innerCall(value);
    }
    const parameters = functionParameters(name);
    if (!parameters) {
      return;
    }
    if (call.named.length > 0) {
      const simple = call.named.filter(({ value }) => value.kind !== 'call');
      const known = call.named.filter(entry => !simple.includes(entry));
      checkNamed(
        at,
        [...simple, ...known],
        withoutRequired(parameters),
        soleParameter(parameters),
        errors,
      );
      return;
    }
    const required = Object.keys(parameters).filter(
      p => parameters[p].required,
    );
    if (positional.length > 1) {
      errors.error(at, `Arguments to "${name}" must be explicitly named.`);
    } else if (positional.length === 1 && required.length === 0) {
      // `skipDefaultCheckout(true)`: the one parameter may be given although it need not be.
      if (Object.keys(parameters).length !== 1) {
        errors.error(at, wrongNumber(name, 0, 1));
      }
    } else if (positional.length !== required.length) {
      errors.error(at, wrongNumber(name, required.length, positional.length));
    } else if (positional.length === 1) {
      checkType(positional[0], parameters[required[0]], undefined, errors);
    }
  }

  private innerCall(value: Expression): void {
    if (
      value.kind === 'call' &&
      typeof value.method === 'string' &&
      !isBareDollar(value) &&
      !value.target
    ) {
      this.call(
        { name: value.method, call: value, start: value.start, end: value.end },
        value.named.length > 0,
      );
    }
  }

  private condition(condition: ConditionModel): void {
    const { errors } = this;
    const { name, call, children } = condition;
    if (name === 'expression' || name === 'error') {
      return;
    }
    const known = CONDITIONS[name];
    if (!known) {
      errors.error(
        condition,
        `Unknown conditional ${name}. Valid conditionals are: ${Object.keys(CONDITIONS).join(', ')}`,
      );
      this.maybe(`the when condition ${name}`);
      return;
    }
    const given = argumentsOf(call);
    if (known.children) {
      const count = children?.length ?? 0;
      if (given.length > 0 || !children) {
        errors.error(
          condition,
          `No additional arguments are allowed for children when condition "${name}".`,
        );
      } else if (known.children === 'some' && count === 0) {
        errors.error(
          condition,
          `Nested when condition "${name}" requires at least one child condition.`,
        );
      } else if (known.children === 'one' && count !== 1) {
        errors.error(
          condition,
          `Nested when condition "${name}" requires exactly 1 child condition(s).`,
        );
      } else {
        children.forEach(child => this.condition(child));
      }
      return;
    }
    if (children && children.length > 0) {
      errors.error(
        condition,
        `No children when conditions are allowed for when condition "${name}".`,
      );
      return;
    }
    this.conditionArguments(condition, known.parameters);
  }

  private conditionArguments(
    condition: ConditionModel,
    parameters: (typeof CONDITIONS)[string]['parameters'],
  ): void {
    const { errors } = this;
    const { name, call } = condition;
    const positional = argumentsOf(call).filter(a => 'value' in a);
    const sole = soleParameter(parameters);
    if (positional.length > 1) {
      errors.error(
        condition,
        `Arguments to "${name}" must be explicitly named.`,
      );
      return;
    }
    if (positional.length === 0) {
      checkNamed(condition, call.named, parameters, sole, errors);
    } else if (!sole && name !== 'tag') {
      errors.error(
        condition,
        'Step does not take a single required parameter - use named parameters instead',
      );
    } else if (sole) {
      checkType(call.args[0], parameters[sole], undefined, errors);
    }
    if (name === 'changelog') {
      const pattern = call.args[0] ?? call.named[0]?.value;
      if (pattern?.kind === 'constant' && typeof pattern.value === 'string') {
        this.pattern(condition, pattern.value);
      }
    }
  }

  private pattern(at: { start: number }, pattern: string): void {
    try {
      javaRegex(pattern);
    } catch (error) {
      if (!(error instanceof GroovyThrow)) {
        throw error;
      }
      this.errors.error(
        at,
        `"${pattern}" is not a valid regular expression. ${error.value.message ?? ''}`,
      );
    }
  }
}

function wrongNumber(name: string, wanted: number, given: number): string {
  return `"${name}" should have ${wanted} arguments but has ${given} arguments instead.`;
}

/** Jenkins does not ask for required parameters of options given by name. */
function withoutRequired<T extends { required?: boolean }>(
  parameters: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, spec]) => [
      name,
      { ...spec, required: false },
    ]),
  );
}
