import { createRouteRef } from '@backstage/core-plugin-api';

/** The workbench, `/workbench` unless the portal mounts it elsewhere. */
export const rootRouteRef = createRouteRef({ id: 'amamba' });

/** Tabs of the workbench, where the portal's frontend system mounts each by itself. */
export const overviewRouteRef = createRouteRef({ id: 'amamba.overview' });
export const pipelinesRouteRef = createRouteRef({ id: 'amamba.pipelines' });
export const auditRouteRef = createRouteRef({ id: 'amamba.audit' });

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

/** Where the tabs of the workbench are mounted. */
export interface WorkbenchRooms {
  overview: string;
  pipelines: string;
  audit: string;
}

/** Where the tabs are when nothing else is said: below the workbench, by their names. */
export function defaultRooms(base: string): WorkbenchRooms {
  const root = base.replace(/\/+$/, '');
  return {
    overview: `${root}/overview`,
    pipelines: `${root}/pipelines`,
    audit: `${root}/audit`,
  };
}

/** Links of the workbench. */
export function workbenchLinks(rooms: WorkbenchRooms): WorkbenchLinks {
  const list = (workspace: string) =>
    `${rooms.pipelines}${segments(workspace)}`;
  return {
    ...pipelineLinks(list),
    overview: workspace => `${rooms.overview}${segments(workspace)}`,
    newPipeline: workspace => `${list(workspace)}/new`,
    audit: workspace => `${rooms.audit}${segments(workspace)}`,
  };
}
