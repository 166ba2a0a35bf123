import { SourceRange } from './positions';

/**
 * What a declarative pipeline says, as Jenkins' own parser understands it. Every part knows its place in the text, so
 * that a change can be made there without touching the rest.
 */
export interface PipelineModel extends SourceRange {
  readonly kind: 'pipeline';
  readonly agent?: AgentModel;
  readonly stages?: StageListModel;
  readonly environment?: EnvironmentModel;
  readonly tools?: ToolsModel;
  readonly options?: MethodListModel;
  readonly parameters?: MethodListModel;
  readonly triggers?: MethodListModel;
  readonly libraries?: LibrariesModel;
  readonly post?: PostModel;
}

/** A value: a literal, or Groovy that is worked out when the pipeline runs. */
export interface ValueModel extends SourceRange {
  readonly kind: 'value';
  readonly literal: boolean;
  /**
   * The literal; or, for Groovy, the text that Jenkins shows of it: a GString in its quotes, anything else in `${…}`.
   * Jenkins rebuilds that text from Groovy's tree and loses some of it, so use `source` to show or change it.
   */
  readonly value: string | number | boolean | null;
  /** The exact text. */
  readonly source: string;
  /** The elements of a list literal. */
  readonly items?: readonly ValueModel[];
}

export interface NamedValueModel extends SourceRange {
  readonly key: string;
  readonly value: ValueModel;
}

/** The arguments of a step or a condition, in the form in which they were written. */
export type ArgumentsModel =
  | { readonly form: 'named'; readonly entries: readonly NamedValueModel[] }
  | { readonly form: 'single'; readonly value: ValueModel }
  | { readonly form: 'positional'; readonly values: readonly ValueModel[] };

/** `name(arguments)` in `options`, `parameters`, `triggers`, or as an argument there. */
export interface MethodModel extends SourceRange {
  readonly kind: 'method';
  readonly name: string;
  readonly arguments: readonly MethodArgumentModel[];
}

export interface NamedMethodArgumentModel extends SourceRange {
  readonly kind: 'named';
  readonly key: string;
  readonly value: ValueModel | MethodModel;
}

export type MethodArgumentModel =
  ValueModel | MethodModel | NamedMethodArgumentModel;

/** The `options`, `parameters` or `triggers` of a pipeline or a stage. */
export interface MethodListModel extends SourceRange {
  readonly methods: readonly MethodModel[];
  /** How many statements the section has, those included that are no methods. */
  readonly statements: number;
}

export interface AgentModel extends SourceRange {
  /** `any`, `none`, `label`, `node`, `docker`, `kubernetes`, …; undefined when it could not be read. */
  readonly type?: string;
  /** `label 'x'`. */
  readonly argument?: ValueModel;
  /** `docker { image 'x' }`. */
  readonly fields?: readonly AgentFieldModel[];
}

export interface AgentFieldModel extends SourceRange {
  readonly key: string;
  readonly value: ValueModel | readonly AgentFieldModel[];
}

export interface EnvironmentModel extends SourceRange {
  readonly variables: readonly EnvironmentVariableModel[];
}

/** `credentials('id')` as the value of a variable. */
export interface CredentialsCallModel extends SourceRange {
  readonly kind: 'function';
  readonly name: string;
  readonly arguments: readonly ValueModel[];
}

export interface EnvironmentVariableModel extends SourceRange {
  readonly key: string;
  readonly value: ValueModel | CredentialsCallModel;
}

export interface ToolsModel extends SourceRange {
  readonly tools: readonly NamedValueModel[];
}

export interface LibrariesModel extends SourceRange {
  readonly libraries: readonly ValueModel[];
}

export interface StageListModel extends SourceRange {
  readonly stages: readonly StageModel[];
}

/** The sections that a stage and a matrix share. */
export interface StageSectionsModel extends SourceRange {
  readonly agent?: AgentModel;
  readonly when?: WhenModel;
  readonly tools?: ToolsModel;
  readonly environment?: EnvironmentModel;
  readonly options?: MethodListModel;
  readonly input?: InputModel;
  readonly post?: PostModel;
}

export interface StageModel extends StageSectionsModel {
  readonly kind: 'stage';
  readonly name: string;
  /** The range of the name's expression. */
  readonly nameRange: SourceRange;
  readonly failFast?: boolean;
  /** `steps`: one branch named `default`, or the branches of a `parallel` step that stands alone there. */
  readonly branches: readonly BranchModel[];
  readonly stages?: StageListModel;
  readonly parallel?: StageListModel;
  readonly matrix?: MatrixModel;
}

export interface MatrixModel extends StageSectionsModel {
  readonly axes?: AxesModel;
  readonly excludes?: ExcludesModel;
  readonly stages?: StageListModel;
}

export interface AxesModel extends SourceRange {
  readonly axes: readonly AxisModel[];
}

export interface AxisModel extends SourceRange {
  readonly name?: string;
  readonly values: readonly MethodArgumentModel[];
  /** `notValues` of an exclude. */
  readonly inverse?: boolean;
}

export interface ExcludesModel extends SourceRange {
  readonly excludes: readonly AxesModel[];
}

export interface BranchModel extends SourceRange {
  readonly name: string;
  readonly steps: readonly StepModel[];
}

/** Groovy that the model does not look into: the body of `script` and `expression`. */
export interface CodeModel extends SourceRange {
  /** The exact text between the braces. */
  readonly source: string;
  /** What Jenkins takes for the code; of several statements on the last line it loses all but the first. */
  readonly jenkinsText: string;
}

export interface StepModel extends SourceRange {
  readonly kind: 'step';
  /** Undefined when the statement is no step. */
  readonly name?: string;
  readonly arguments: ArgumentsModel;
  /** The steps in the step's block, when it has one. */
  readonly children?: readonly StepModel[];
  /** The body of `script`. */
  readonly code?: CodeModel;
}

export interface WhenModel extends SourceRange {
  readonly conditions: readonly ConditionModel[];
  readonly beforeAgent?: boolean;
  readonly beforeInput?: boolean;
  readonly beforeOptions?: boolean;
}

export interface ConditionModel extends SourceRange {
  readonly name?: string;
  readonly arguments?: ArgumentsModel;
  readonly children: readonly ConditionModel[];
  /** The body of `expression`. */
  readonly code?: CodeModel;
}

export interface InputModel extends SourceRange {
  readonly message?: ValueModel;
  readonly id?: ValueModel;
  readonly ok?: ValueModel;
  readonly submitter?: ValueModel;
  readonly submitterParameter?: ValueModel;
  readonly parameters: readonly MethodModel[];
}

export interface PostModel extends SourceRange {
  readonly conditions: readonly PostConditionModel[];
}

export interface PostConditionModel extends SourceRange {
  /** `always`, `success`, … */
  readonly condition: string;
  readonly branch: BranchModel;
}
