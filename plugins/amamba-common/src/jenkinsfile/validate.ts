import { DiagnosticSink } from './groovy/diagnostics';
import {
  BLOCKED_CALLS,
  BLOCKED_STEPS,
  faultMessage,
  PipelineFault,
} from './messages';
import {
  AgentModel,
  AxesModel,
  AxisModel,
  BranchModel,
  ConditionModel,
  EnvironmentModel,
  MatrixModel,
  MethodArgumentModel,
  MethodListModel,
  MethodModel,
  PipelineModel,
  PostModel,
  StageListModel,
  StageModel,
  StageSectionsModel,
  StepModel,
  WhenModel,
} from './model';
import { isVariableName, POST_CONDITIONS, WHEN_CONDITIONS } from './names';
import { SourceRange } from './positions';

class Validator {
  private readonly sink: DiagnosticSink;

  constructor(sink: DiagnosticSink) {
    this.sink = sink;
  }

  private report(
    { start, end }: SourceRange,
    code: PipelineFault,
    ...details: (string | number)[]
  ): void {
    const message = faultMessage(code, ...details);
    this.sink.add({ level: 'static', code, message, start, end });
  }

  /** Reports each name that occurs twice, once, where it occurs again. */
  private duplicates<T extends SourceRange>(
    items: readonly T[],
    nameOf: (item: T) => string | undefined,
    code: PipelineFault,
  ): void {
    const seen = new Map<string, number>();
    for (const item of items) {
      const name = nameOf(item);
      if (name !== undefined) {
        const count = (seen.get(name) ?? 0) + 1;
        seen.set(name, count);
        if (count === 2) {
          this.report(item, code, name);
        }
      }
    }
  }

  pipeline(pipeline: PipelineModel): void {
    if (!pipeline.stages) {
      this.report(pipeline, 'missingSection', 'stages');
    }
    if (!pipeline.agent) {
      this.report(pipeline, 'missingSection', 'agent');
    }
    this.stages(pipeline.stages, false);
    this.sections(pipeline, 'post');
    this.methods(pipeline.parameters, 'parameters');
    this.methods(pipeline.triggers, 'triggers');
    if (pipeline.libraries?.libraries.length === 0) {
      this.report(pipeline.libraries, 'emptySection', 'libraries');
    }
  }

  /** What a pipeline, a stage and a matrix have in common. */
  private sections(
    {
      agent,
      environment,
      tools,
      options,
      post,
    }: Pick<
      StageSectionsModel,
      'agent' | 'environment' | 'tools' | 'options' | 'post'
    >,
    postName: string,
  ): void {
    this.agent(agent);
    this.environment(environment);
    if (tools?.tools.length === 0) {
      this.report(tools, 'noTools');
    }
    this.methods(options, 'options');
    this.post(post, postName);
  }

  private stageSections(owner: StageSectionsModel): void {
    this.sections(owner, 'post');
    this.when(owner.when);
    const { input } = owner;
    if (input) {
      if (!input.message) {
        this.report(input, 'missingInputMessage');
      }
      input.parameters.forEach(method => this.method(method));
    }
  }

  private agent(agent: AgentModel | undefined): void {
    if (agent && agent.type === undefined) {
      this.report(
        agent,
        'noAgentType',
        '[any, docker, dockerfile, label, none]',
      );
    }
  }

  private environment(environment: EnvironmentModel | undefined): void {
    if (environment?.variables.length === 0) {
      this.report(environment, 'noVariables');
    }
    for (const variable of environment?.variables ?? []) {
      if (!isVariableName(variable.key)) {
        this.report(variable, 'invalidIdentifier', variable.key);
      }
    }
  }

  private post(post: PostModel | undefined, name: string): void {
    if (!post) {
      return;
    }
    if (post.conditions.length === 0) {
      this.report(post, 'emptySection', name);
    }
    this.duplicates(
      post.conditions,
      ({ condition }) => condition,
      'duplicatePostCondition',
    );
    const known: readonly string[] = POST_CONDITIONS;
    for (const item of post.conditions) {
      if (!known.includes(item.condition)) {
        const shown = `[${known.join(', ')}]`;
        this.report(item, 'invalidPostCondition', item.condition, shown);
      }
      this.branch(item.branch);
    }
  }

  private when(when: WhenModel | undefined): void {
    if (when?.conditions.length === 0) {
      this.report(when, 'emptyWhen');
    }
    when?.conditions.forEach(condition => this.condition(condition));
  }

  private condition(condition: ConditionModel): void {
    condition.children.forEach(child => this.condition(child));
    const { name, children } = condition;
    if (name === undefined) {
      return;
    }
    const allowed = WHEN_CONDITIONS.get(name);
    if (allowed === undefined && !WHEN_CONDITIONS.has(name)) {
      const known = [...WHEN_CONDITIONS.keys()].join(', ');
      this.report(condition, 'unknownCondition', name, known);
    } else if (allowed === 0) {
      if (children.length > 0) {
        this.report(condition, 'noChildrenAllowed', name);
      }
    } else if (condition.arguments) {
      this.report(condition, 'whenNoArguments', name);
    } else if (allowed === undefined) {
      if (children.length === 0) {
        this.report(condition, 'whenWithoutChildren', name);
      }
    } else if (children.length !== allowed) {
      this.report(condition, 'whenWrongChildren', name, allowed);
    }
  }

  private methods(
    list: MethodListModel | undefined,
    section: 'options' | 'parameters' | 'triggers',
  ): void {
    if (!list) {
      return;
    }
    if (list.statements === 0) {
      this.report(list, 'emptySection', section);
    }
    if (section !== 'parameters') {
      this.duplicates(
        list.methods,
        ({ name }) => name,
        section === 'options' ? 'duplicateOptionName' : 'duplicateTriggerName',
      );
    }
    for (const method of list.methods) {
      if (section === 'options' && method.name === 'parameters') {
        this.report(method, 'parametersInOptions');
      } else if (section === 'options' && method.name === 'triggers') {
        this.report(method, 'triggersInOptions');
      }
      this.method(method);
    }
  }

  private method(method: MethodModel): void {
    const named = method.arguments.filter(({ kind }) => kind === 'named');
    if (named.length > 0 && named.length < method.arguments.length) {
      this.report(method, 'mixedArguments');
    }
    for (const argument of method.arguments) {
      const value = argument.kind === 'named' ? argument.value : argument;
      if (value.kind === 'method') {
        this.blockedCall(value);
        this.method(value);
      }
    }
  }

  private blockedCall(call: MethodModel): void {
    const reason = BLOCKED_CALLS.get(call.name);
    if (reason) {
      this.report(call, 'blockedStep', call.name, reason);
    }
  }

  private stages(list: StageListModel | undefined, nested: boolean): void {
    if (!list) {
      return;
    }
    if (list.stages.length === 0) {
      this.report(list, 'noStages');
    }
    this.duplicates(list.stages, ({ name }) => name, 'duplicateStageName');
    list.stages.forEach(stage => this.stage(stage, nested));
  }

  /** `nested` says that the stage is inside a `parallel` or a `matrix`. */
  private stage(stage: StageModel, nested: boolean): void {
    const { name, branches, stages, parallel, matrix, agent, tools } = stage;
    this.stageSections(stage);
    const contents = [
      ...(branches.length > 0 ? [branches] : []),
      ...[stages, parallel, matrix].filter(content => content !== undefined),
    ].length;
    const forked = matrix ?? parallel;
    if (nested && (branches.length > 1 || forked)) {
      this.report(forked ?? branches[0], 'nestedParallelOrMatrix');
    } else if (contents > 1) {
      this.report(stage, 'tooManyOfStage', name);
    } else if (contents === 0) {
      this.report(stage, 'nothingForStage', name);
    } else if (forked) {
      if (agent) {
        this.report(agent, 'agentInNestedStages', name);
      }
      if (tools) {
        this.report(tools, 'toolsInNestedStages', name);
      }
    } else {
      this.duplicates(branches, branch => branch.name, 'duplicateBranchName');
    }
    branches.forEach(branch => this.branch(branch));
    this.stages(parallel, true);
    this.matrix(matrix);
    this.stages(stages, nested);
  }

  private matrix(matrix: MatrixModel | undefined): void {
    if (!matrix) {
      return;
    }
    this.stageSections(matrix);
    if (!matrix.axes) {
      this.report(matrix, 'missingSection', 'axes');
    }
    if (!matrix.stages) {
      this.report(matrix, 'missingSection', 'stages');
    }
    if (matrix.axes) {
      this.axes(matrix.axes);
    }
    if (matrix.excludes?.excludes.length === 0) {
      this.report(matrix.excludes, 'noExcludes');
    }
    matrix.excludes?.excludes.forEach(exclude => this.axes(exclude));
    this.stages(matrix.stages, true);
  }

  private axes(axes: AxesModel): void {
    if (axes.axes.length === 0) {
      this.report(axes, 'noAxes');
    }
    this.duplicates(
      axes.axes,
      ({ name }) => (name === '' ? undefined : name),
      'duplicateAxisName',
    );
    axes.axes.forEach(axis => this.axis(axis));
  }

  private axis(axis: AxisModel): void {
    if (axis.name === undefined) {
      this.report(axis, 'missingSection', 'name');
    } else if (!isVariableName(axis.name)) {
      this.report(axis, 'invalidIdentifier', axis.name);
    }
    if (axis.values.length === 0) {
      this.report(axis, 'missingSection', 'values');
    }
    this.duplicates(axis.values, axisValue, 'duplicateAxisValue');
    for (const value of axis.values) {
      if (value.kind !== 'value') {
        this.report(value, 'expectedStringLiteral');
      } else if (!value.literal) {
        const shown = String(value.value);
        this.report(value, 'expectedStringLiteralButGot', shown);
      }
    }
  }

  private branch(branch: BranchModel): void {
    if (branch.steps.length === 0) {
      this.report(branch, 'noSteps');
    }
    branch.steps.forEach(step => this.step(step));
  }

  private step(step: StepModel): void {
    const { name, children } = step;
    const reason = name === undefined ? undefined : BLOCKED_STEPS.get(name);
    if (name !== undefined && reason) {
      this.report(step, 'blockedStep', name, reason);
    }
    children?.forEach(child => this.step(child));
  }
}

/**
 * Checks what can be checked without knowing which plugins a Jenkins has: the rules of Jenkins' own model validator,
 * in its words. Unknown steps, agents, options, triggers and parameters are no faults here.
 */
export function validatePipeline(
  pipeline: PipelineModel,
  sink: DiagnosticSink,
): void {
  new Validator(sink).pipeline(pipeline);
}

function axisValue(value: MethodArgumentModel): string | undefined {
  return value.kind === 'value' ? String(value.value) : undefined;
}
