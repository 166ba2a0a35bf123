import {
  applicationReadPermission,
  type ApplicationKey,
} from '@amamba/backstage-plugin-amamba-common';
import type { ApplicationResource } from '@amamba/backstage-plugin-amamba-node';
import { NotFoundError } from '@backstage/errors';
import type { CallOptions } from '../http';
import type { OwnedNamespace, Ownership } from '../namespaces';
import type { Authorizer } from '../permissions';
import type { WorkspaceRecord, WorkspacesService } from '../workspaces';
import type { ApplicationEntry } from './read/ApplicationEntry';
import type { ApplicationIndex, NamespaceView } from './read/ApplicationIndex';

/** Names of an application as they stand in an address. */
export type ApplicationNames = ApplicationKey & { workspace: string };

/** A namespace of a workspace of the caller. */
export interface PlaceOfCaller {
  workspace: WorkspaceRecord;
  namespace: OwnedNamespace;
}

/** An application that the caller may read. */
export interface ApplicationOfCaller extends PlaceOfCaller {
  entry: ApplicationEntry;
  view: NamespaceView;
}

/** An application, or a namespace for one to come, as it is judged. */
export function targetOf(
  { namespace }: PlaceOfCaller,
  entry?: Pick<ApplicationEntry, 'kind' | 'name'>,
): ApplicationResource {
  return {
    workspaceRef: namespace.workspace.ref,
    cluster: namespace.cluster,
    namespace: namespace.name,
    environment: namespace.environment,
    kind: entry?.kind,
    name: entry?.name,
  };
}

/**
 * Finds what names of an address stand for. Names are no authority: what is not there, lies in a namespace of another
 * workspace or may not be read by the caller is not found.
 */
export class ApplicationAccess {
  readonly #workspaces: WorkspacesService;
  readonly #authorizer: Authorizer;
  readonly #ownership: Ownership;
  readonly #index: ApplicationIndex;

  constructor(options: {
    workspaces: WorkspacesService;
    authorizer: Authorizer;
    ownership: Ownership;
    index: ApplicationIndex;
  }) {
    this.#workspaces = options.workspaces;
    this.#authorizer = options.authorizer;
    this.#ownership = options.ownership;
    this.#index = options.index;
  }

  /** @throws NotFoundError */
  workspace(name: string, options: CallOptions): Promise<WorkspaceRecord> {
    return this.#workspaces.get(name, options);
  }

  /** @throws NotFoundError */
  async place(
    names: { workspace: string; cluster: string; namespace: string },
    options: CallOptions,
  ): Promise<PlaceOfCaller> {
    const workspace = await this.workspace(names.workspace, options);
    const namespace = await this.#ownership.namespace(workspace, names);
    return { workspace, namespace };
  }

  /** @throws NotFoundError */
  async application(
    names: ApplicationNames,
    options: CallOptions,
  ): Promise<ApplicationOfCaller> {
    const place = await this.place(names, options);
    const view = await this.#index.view(place.namespace);
    const entry = view.entries.find(
      ({ kind, name }) => kind === names.kind && name === names.name,
    );
    if (entry) {
      const can = await this.#authorizer.can(
        [applicationReadPermission],
        {
          workspace: place.workspace,
          application: targetOf(place, entry),
        },
        options,
      );
      if (can.size > 0) return { ...place, view, entry };
    }
    throw new NotFoundError(
      `There is no ${names.kind} "${names.name}" in ${names.cluster}/${names.namespace} of ${names.workspace} for you.`,
    );
  }
}
