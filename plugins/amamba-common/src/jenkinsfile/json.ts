import { JenkinsfileDocument } from './document';
import {
  AgentFieldModel,
  AgentModel,
  ArgumentsModel,
  AxisModel,
  BranchModel,
  CodeModel,
  ConditionModel,
  EnvironmentModel,
  InputModel,
  MatrixModel,
  MethodArgumentModel,
  MethodListModel,
  MethodModel,
  NamedValueModel,
  PipelineModel,
  PostModel,
  StageListModel,
  StageModel,
  StageSectionsModel,
  StepModel,
  ToolsModel,
  ValueModel,
  WhenModel,
} from './model';
import { soleRequiredParameter, StepParameters } from './stepParameters';

/** A JSON value. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** An object of the members that have a value. */
function object(members: Record<string, JsonValue | undefined>): JsonValue {
  const present = (entry: [string, unknown]): entry is [string, JsonValue] =>
    entry[1] !== undefined;
  return Object.fromEntries(Object.entries(members).filter(present));
}

class JsonWriter {
  private readonly known: StepParameters;

  constructor(known: StepParameters = {}) {
    this.known = known;
  }

  pipeline(pipeline: PipelineModel): JsonValue {
    const { stages, post, environment, agent, tools, libraries } = pipeline;
    return object({
      stages: this.stages(stages),
      post: this.post(post),
      environment: environmentJson(environment),
      agent: agentJson(agent),
      tools: toolsJson(tools),
      options: methodsJson('options', pipeline.options),
      parameters: methodsJson('parameters', pipeline.parameters),
      triggers: methodsJson('triggers', pipeline.triggers),
      libraries: libraries?.libraries.length
        ? { libraries: libraries.libraries.map(valueJson) }
        : undefined,
    });
  }

  private stages(list: StageListModel | undefined): JsonValue | undefined {
    return list?.stages.map(stage => this.stage(stage));
  }

  private stage(stage: StageModel): JsonValue {
    const { name, branches, failFast } = stage;
    return object({
      ...this.sections(stage),
      name,
      stages: this.stages(stage.stages),
      parallel: this.stages(stage.parallel),
      matrix: this.matrix(stage.matrix),
      branches:
        branches.length > 0
          ? branches.map(branch => this.branch(branch))
          : undefined,
      failFast,
    });
  }

  private sections(owner: StageSectionsModel) {
    return {
      agent: agentJson(owner.agent),
      when: whenJson(owner.when),
      post: this.post(owner.post),
      tools: toolsJson(owner.tools),
      environment: environmentJson(owner.environment),
      options: owner.options && {
        options: owner.options.methods.map(methodJson),
      },
      input: inputJson(owner.input),
    };
  }

  private matrix(matrix: MatrixModel | undefined): JsonValue | undefined {
    return (
      matrix &&
      object({
        ...this.sections(matrix),
        axes: matrix.axes?.axes.map(axisJson),
        excludes: matrix.excludes?.excludes.map(exclude =>
          exclude.axes.map(axisJson),
        ),
        stages: this.stages(matrix.stages),
      })
    );
  }

  private post(post: PostModel | undefined): JsonValue | undefined {
    return (
      post && {
        conditions: post.conditions.map(({ condition, branch }) => ({
          condition,
          branch: this.branch(branch),
        })),
      }
    );
  }

  private branch({ name, steps }: BranchModel): JsonValue {
    return { name, steps: steps.map(step => this.step(step)) };
  }

  private step(step: StepModel): JsonValue {
    const { name, children, code } = step;
    if (code) {
      return object({ name, arguments: codeJson(code) });
    }
    return object({
      name,
      arguments: children
        ? argumentsJson(step.arguments)
        : this.stepArguments(name, step.arguments),
      children: children?.map(child => this.step(child)),
    });
  }

  /** A lone argument without a name gets the name of the one parameter that the step must have. */
  private stepArguments(
    name: string | undefined,
    list: ArgumentsModel,
  ): JsonValue {
    const key =
      list.form === 'single' && name !== undefined
        ? soleRequiredParameter(name, this.known)
        : undefined;
    return list.form === 'single' && key !== undefined
      ? [{ key, value: valueJson(list.value) }]
      : argumentsJson(list);
  }
}

/**
 * The JSON that Jenkins' `pipeline-model-converter/toJson` gives for a file: `{ pipeline: { … } }`, with the same
 * texts for computed values. Undefined when the file has no declarative pipeline. When it has faults, the parts with
 * faults may be missing.
 *
 * `steps` adds to the known steps, by name; see `StepParameters`.
 */
export function toPipelineJson(
  document: JenkinsfileDocument,
  options: { steps?: StepParameters } = {},
): { readonly pipeline: JsonValue } | undefined {
  const [pipeline] = document.pipelines;
  return (
    pipeline && { pipeline: new JsonWriter(options.steps).pipeline(pipeline) }
  );
}

function valueJson({ literal, value }: ValueModel): JsonValue {
  return { isLiteral: literal, value };
}

function namedValueJson({ key, value }: NamedValueModel): JsonValue {
  return { key, value: valueJson(value) };
}

function argumentsJson(list: ArgumentsModel): JsonValue {
  switch (list.form) {
    case 'named':
      return list.entries.map(namedValueJson);
    case 'single':
      return valueJson(list.value);
    default:
      return list.values.map(valueJson);
  }
}

function codeJson({ jenkinsText }: CodeModel): JsonValue {
  return [
    { key: 'scriptBlock', value: { isLiteral: true, value: jenkinsText } },
  ];
}

function agentJson(agent: AgentModel | undefined): JsonValue | undefined {
  if (agent?.type === undefined) {
    return undefined;
  }
  const { type, argument, fields } = agent;
  const labelled = type === 'label' || type === 'node';
  const onlyField = fields?.length === 1 ? fields[0] : undefined;
  const label = onlyField?.key === 'label' ? onlyField.value : argument;
  if (labelled && label && 'kind' in label && label.value === '') {
    // An agent with an empty label is any agent.
    return { type: 'any' };
  }
  return object({
    type,
    argument: argument && valueJson(argument),
    arguments: fields?.length ? fields.map(fieldJson) : undefined,
  });
}

function fieldJson({ key, value }: AgentFieldModel): JsonValue {
  return {
    key,
    value: 'kind' in value ? valueJson(value) : value.map(fieldJson),
  };
}

function environmentJson(
  environment: EnvironmentModel | undefined,
): JsonValue | undefined {
  return environment?.variables.map(({ key, value }) => ({
    key,
    value:
      value.kind === 'value'
        ? valueJson(value)
        : { name: value.name, arguments: value.arguments.map(valueJson) },
  }));
}

function toolsJson(tools: ToolsModel | undefined): JsonValue | undefined {
  return tools?.tools.map(namedValueJson);
}

function methodsJson(
  section: string,
  list: MethodListModel | undefined,
): JsonValue | undefined {
  return list?.methods.length
    ? { [section]: list.methods.map(methodJson) }
    : undefined;
}

function methodJson(method: MethodModel): JsonValue {
  return {
    name: method.name,
    arguments: method.arguments.map(methodArgumentJson),
  };
}

function methodArgumentJson(argument: MethodArgumentModel): JsonValue {
  switch (argument.kind) {
    case 'value':
      return valueJson(argument);
    case 'method':
      return methodJson(argument);
    default:
      return { key: argument.key, value: methodArgumentJson(argument.value) };
  }
}

function axisJson({ name, values, inverse }: AxisModel): JsonValue {
  return object({ name, values: values.map(methodArgumentJson), inverse });
}

function whenJson(when: WhenModel | undefined): JsonValue | undefined {
  return (
    when &&
    object({
      conditions: when.conditions.map(conditionJson),
      beforeAgent: when.beforeAgent,
      beforeInput: when.beforeInput,
      beforeOptions: when.beforeOptions,
    })
  );
}

function conditionJson(condition: ConditionModel): JsonValue {
  const { name, children, code } = condition;
  if (code) {
    return object({ name, arguments: codeJson(code) });
  }
  return object({
    name,
    arguments: condition.arguments && argumentsJson(condition.arguments),
    children: children.length > 0 ? children.map(conditionJson) : undefined,
  });
}

function inputJson(input: InputModel | undefined): JsonValue | undefined {
  if (!input) {
    return undefined;
  }
  const { message, id, ok, submitter, submitterParameter, parameters } = input;
  const optional = (value: ValueModel | undefined) => value && valueJson(value);
  return object({
    message: optional(message),
    id: optional(id),
    ok: optional(ok),
    submitter: optional(submitter),
    submitterParameter: optional(submitterParameter),
    parameters:
      parameters.length > 0
        ? { parameters: parameters.map(methodJson) }
        : undefined,
  });
}
