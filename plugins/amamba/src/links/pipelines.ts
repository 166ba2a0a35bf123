import { below, segments } from './segments';

/** Views of a pipeline, beside the list of its runs. */
export type PipelineView = 'settings' | 'settings/edit';

/** Views of a run, beside its stages. */
export type RunView = 'tests' | 'artifacts' | 'changes' | 'parameters';

/** Addresses of pipelines and their runs. */
export interface PipelineLinks {
  /** the list of pipelines */
  pipelines(workspace: string): string;
  /** the form for a new one; in the workbench only */
  newPipeline(workspace: string): string;
  pipeline(workspace: string, pipeline: string, view?: PipelineView): string;
  /** @param run - number of the run, or its id while it has none */
  run(
    workspace: string,
    pipeline: string,
    run: number | string,
    view?: RunView,
  ): string;
}

/**
 * Links below a list of pipelines.
 * @param list - address of the list of pipelines of a workspace
 */
export function pipelineLinks(
  list: (workspace: string) => string,
): PipelineLinks {
  const pipeline: PipelineLinks['pipeline'] = (workspace, name, view) =>
    below(`${list(workspace)}${segments('pipeline', name)}`, view);
  return {
    pipelines: list,
    newPipeline: workspace => `${list(workspace)}/new`,
    pipeline,
    run: (workspace, name, run, view) =>
      below(`${pipeline(workspace, name)}${segments('runs', run)}`, view),
  };
}
