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
  | 'values'
  | 'notes'
  | 'upgrade';

/** Addresses of applications. */
export interface ApplicationLinks {
  /** the list of applications */
  applications(workspace: string): string;
  /** the ways to a new one; in the workbench only */
  newApplication(workspace: string): string;
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
    newApplication: workspace => `${list(workspace)}/new`,
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
