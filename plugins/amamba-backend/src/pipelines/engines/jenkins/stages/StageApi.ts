import type { RunGraph, RunStep } from '@amamba/backstage-plugin-amamba-common';
import type {
  EngineCallOptions,
  EnginePipelineRef,
} from '@amamba/backstage-plugin-amamba-node';

/** Names one run. */
export interface RunAddress {
  ref: EnginePipelineRef;
  run: number;
}

/** A step with what only Jenkins' plugins know of it. */
export interface JenkinsStep extends RunStep {
  /** id of the input step that it waits in */
  inputId?: string;
}

/** One of the plugins that tell the stages and steps of a run. All throw NotFoundError when the plugin is missing. */
export interface StageApi {
  /** for the log: `Pipeline Graph View` */
  readonly title: string;
  graph(at: RunAddress, options: EngineCallOptions): Promise<RunGraph>;
  /** @param stageId - undefined: of all stages */
  steps(
    at: RunAddress,
    stageId: string | undefined,
    options: EngineCallOptions,
  ): Promise<JenkinsStep[]>;
  /** Why a step failed; absent when the steps tell it themselves. */
  errorOf?(
    at: RunAddress,
    step: JenkinsStep,
    options: EngineCallOptions,
  ): Promise<string | undefined>;
}
