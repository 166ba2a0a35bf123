import { PARAMETERS, TRIGGERS } from './metadata';
import {
  AxesModel,
  AxisModel,
  MatrixModel,
  PipelineModel,
  PostModel,
  StageModel,
  StageSections,
  StagesModel,
} from './model';
import { duplicates, IDENTIFIER } from './ruleBase';
import { SectionRules } from './sectionRules';

/** The rules of declarative pipelines beyond their form, as Jenkins' own validator has them. */
export class Validator extends SectionRules {
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
}
