import { createRouteRef } from '@backstage/core-plugin-api';

/** The workbench, `/workbench` unless the portal mounts it elsewhere. */
export const rootRouteRef = createRouteRef({ id: 'amamba' });

/** The tab of pipelines on an entity's page. */
export const entityPipelinesRouteRef = createRouteRef({
  id: 'amamba.entity-pipelines',
});

/** Views of a pipeline, beside the list of its runs. */
export type PipelineView = 'settings' | 'settings/edit';

/** Views of a run, beside its stages. */
export type RunView = 'tests' | 'artifacts' | 'changes' | 'parameters';

/** Builds the addresses of pages. All are absolute paths inside the portal, with every name encoded. */
export interface PipelineLinks {
  /** the list of pipelines */
  pipelines(workspace: string): string;
  pipeline(workspace: string, pipeline: string, view?: PipelineView): string;
  /** @param run - number of the run, or its id while it has none */
  run(
    workspace: string,
    pipeline: string,
    run: number | string,
    view?: RunView,
  ): string;
}

/** Builds the addresses of the workbench's own pages too. */
export interface WorkbenchLinks extends PipelineLinks {
  /** @param workspace - `~all` for all of the reader's */
  overview(workspace: string): string;
  newPipeline(workspace: string): string;
  audit(workspace: string): string;
}

const segments = (...parts: (string | number)[]) =>
  parts.map(part => `/${encodeURIComponent(part)}`).join('');

const below = (path: string, view: string | undefined) =>
  view ? `${path}/${view}` : path;

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
    pipeline,
    run: (workspace, name, run, view) =>
      below(`${pipeline(workspace, name)}${segments('runs', run)}`, view),
  };
}

/**
 * Links of the workbench.
 * @param base - where the workbench is mounted
 */
export function workbenchLinks(base: string): WorkbenchLinks {
  const root = base.replace(/\/+$/, '');
  const list = (workspace: string) =>
    `${root}${segments('pipelines', workspace)}`;
  return {
    ...pipelineLinks(list),
    overview: workspace => `${root}${segments('overview', workspace)}`,
    newPipeline: workspace => `${list(workspace)}/new`,
    audit: workspace => `${root}${segments('audit', workspace)}`,
  };
}
