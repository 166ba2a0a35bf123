import {
  CallExpression,
  ClosureExpression,
  Expression,
  Statement,
} from '../groovy/ast';

interface Located {
  readonly start: number;
  readonly end: number;
}

export interface AgentModel extends Located {
  /** `any`, `none`, `label`, `node`, or what a plugin adds */
  readonly type?: string;
  /** The value of `label 'x'`. */
  readonly value?: Expression;
  readonly options: ReadonlyMap<string, Expression>;
}

export interface EnvironmentEntry extends Located {
  readonly name: string;
  /** The value, or the id inside `credentials(…)`. */
  readonly value: Expression;
  readonly credentials: boolean;
}

export interface EnvironmentModel extends Located {
  readonly entries: readonly EnvironmentEntry[];
}

/** `timeout(time: 5)`: an option, a trigger or a parameter. */
export interface MethodModel extends Located {
  readonly name: string;
  readonly call: CallExpression;
}

export interface MethodsModel extends Located {
  readonly methods: readonly MethodModel[];
}

export interface ToolsModel extends Located {
  readonly tools: readonly (Located & { name: string; value: Expression })[];
}

export interface PostModel extends Located {
  readonly conditions: readonly (Located & {
    name: string;
    body: ClosureExpression;
  })[];
}

export interface ConditionModel extends Located {
  readonly name: string;
  readonly call: CallExpression;
  /** Undefined when it was written without a block. */
  readonly children?: readonly ConditionModel[];
  /** The code of `expression { … }`. */
  readonly code?: ClosureExpression;
}

export interface WhenModel extends Located {
  readonly conditions: readonly ConditionModel[];
  readonly beforeAgent: boolean;
  readonly beforeInput: boolean;
  readonly beforeOptions: boolean;
}

export interface InputModel extends Located {
  readonly fields: ReadonlyMap<string, Expression>;
  readonly parameters: readonly MethodModel[];
}

export interface AxisModel extends Located {
  readonly name?: Located & { text: string };
  readonly values: readonly Expression[];
  /** `notValues` of an exclude. */
  readonly inverse: boolean;
}

export interface AxesModel extends Located {
  readonly axes: readonly AxisModel[];
}

export interface MatrixModel extends Located, StageSections {
  readonly axes?: AxesModel;
  readonly excludes?: Located & { readonly list: readonly AxesModel[] };
  readonly stages?: StagesModel;
}

/** What a stage and a matrix share. */
export interface StageSections {
  readonly agent?: AgentModel;
  readonly environment?: EnvironmentModel;
  readonly input?: InputModel;
  readonly options?: MethodsModel;
  readonly post?: PostModel;
  readonly tools?: ToolsModel;
  readonly when?: WhenModel;
}

export interface StepsModel extends Located {
  readonly body: ClosureExpression;
  readonly statements: readonly Statement[];
  /** The branches when `parallel` is the only step, by name. */
  readonly branches?: ReadonlyMap<string, ClosureExpression>;
}

export interface StageModel extends Located, StageSections {
  readonly name: string;
  readonly failFast: boolean;
  readonly matrix?: MatrixModel;
  readonly parallel?: StagesModel;
  readonly stages?: StagesModel;
  readonly steps?: StepsModel;
  /** Set on the cells that a matrix unfolds into. */
  readonly cell?: Readonly<Record<string, string>>;
}

export interface StagesModel extends Located {
  readonly stages: readonly StageModel[];
}

export interface PipelineModel extends Located {
  readonly agent?: AgentModel;
  readonly environment?: EnvironmentModel;
  readonly libraries?: Located;
  readonly options?: MethodsModel;
  readonly parameters?: MethodsModel;
  readonly post?: PostModel;
  readonly stages?: StagesModel;
  readonly tools?: ToolsModel;
  readonly triggers?: MethodsModel;
}
