import type { ApplicationKey } from '@amamba/backstage-plugin-amamba-common';
import { below, segments } from './segments';

/** What an address says of an application. */
export type ApplicationAddress = ApplicationKey & { workspace: string };

/** Views of an application; without one its address leads to the first. */
export type ApplicationView =
  | 'topology'
  | 'resources'
  | 'logs'
  | 'terminal'
  | 'events'
  | 'revisions'
  | 'yaml'
  // of Helm releases
  | 'history'
  | 'manifest'
  | 'hooks'
  | 'values'
  | 'notes'
  | 'upgrade';

/** Ways to a new application. */
export type ApplicationWay = 'form' | 'yaml' | 'import';

/** Addresses of applications. */
export interface ApplicationLinks {
  /** the list of applications */
  applications(workspace: string): string;
  /** the ways to a new one, or one of them; in the workbench only */
  newApplication(workspace: string, way?: ApplicationWay): string;
  /** charts of the Helm repositories; in the workbench only */
  charts(workspace: string): string;
  /** @param view - `install`: the form for a new release */
  chart(
    workspace: string,
    repository: string,
    chart: string,
    view?: 'install',
  ): string;
  /** Helm repositories of the workspace; in the workbench only */
  helmRepositories(workspace: string): string;
  /** @param query - what the view opens with: `{ pod, container }` */
  application(
    application: ApplicationAddress,
    view?: ApplicationView,
    query?: Readonly<Record<string, string>>,
  ): string;
}

/**
 * Links below a list of applications.
 * @param list - address of the list of applications of a workspace
 */
export function applicationLinks(
  list: (workspace: string) => string,
): ApplicationLinks {
  return {
    applications: list,
    newApplication: (workspace, way) => below(`${list(workspace)}/new`, way),
    charts: workspace => `${list(workspace)}/charts`,
    chart: (workspace, repository, chart, view) =>
      below(`${list(workspace)}/charts${segments(repository, chart)}`, view),
    helmRepositories: workspace => `${list(workspace)}/repositories`,
    application: (
      { workspace, cluster, namespace, kind, name },
      view,
      query = {},
    ) => {
      const path = below(
        `${list(workspace)}${segments('application', cluster, namespace, kind, name)}`,
        view,
      );
      const search = new URLSearchParams(query).toString();
      return search ? `${path}?${search}` : path;
    },
  };
}
