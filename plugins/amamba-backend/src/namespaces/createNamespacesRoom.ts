import type { ClusterSetup } from '@amamba/backstage-plugin-amamba-common';
import type {
  HttpAuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { AuditService } from '../audit';
import type { Clusters } from '../clusters';
import type { openDatabase } from '../database';
import type { LiveService } from '../live';
import type { Authorizer } from '../permissions';
import type { WorkspaceDirectory, WorkspacesService } from '../workspaces';
import { AuthorizedNamespaces } from './AuthorizedNamespaces';
import { BindingsService } from './BindingsService';
import { BindingsStore } from './BindingsStore';
import { NamespaceReconciler } from './NamespaceReconciler';
import { NamespacesService } from './NamespacesService';
import { NamespacesStore } from './NamespacesStore';
import { NamespaceViews } from './NamespaceViews';
import { Ownership } from './Ownership';
import { registerNamespaces } from './router';
import { WriteAccess } from './WriteAccess';

/** What the room is built from. */
export interface NamespacesRoomOptions {
  database: Awaited<ReturnType<typeof openDatabase>>;
  clusters: Clusters;
  setup(): Promise<ClusterSetup>;
  reserved: readonly string[];
  /** users and groups who manage the platform by the configuration */
  managers: readonly string[];
  authorizer: Authorizer;
  workspaces: WorkspacesService;
  directory: WorkspaceDirectory;
  audit: AuditService;
  live: Pick<LiveService, 'changed'>;
  logger: LoggerService;
}

/** The room as the plugin sees it. */
export interface NamespacesRoom {
  namespaces: AuthorizedNamespaces;
  /** the door for rooms that work in namespaces */
  ownership: Ownership;
  bindings: BindingsService;
  register(router: Router, deps: { httpAuth: HttpAuthService }): void;
  start(scheduler: SchedulerService): Promise<void>;
  /** what works in the background, for tests that turn it by hand */
  reconciler: NamespaceReconciler;
}

/** Names of the namespaces that workspaces own on a cluster. */
export function ownedNamespaces(
  database: NamespacesRoomOptions['database'],
): (cluster: string) => Promise<string[]> {
  const store = new NamespacesStore(database);
  return async cluster => {
    const records = await store.onCluster(cluster);
    return records.map(({ name }) => name);
  };
}

/** Composes the room of namespaces: stores → services → what callers get. */
export function createNamespacesRoom(
  options: NamespacesRoomOptions,
): NamespacesRoom {
  const { clusters, authorizer, workspaces, audit, live } = options;
  const { reserved, managers } = options;
  const store = new NamespacesStore(options.database);
  const access = new WriteAccess();
  const bindings = new BindingsService({
    store: new BindingsStore(options.database),
    namespaces: store,
    clusters,
  });
  const service = new NamespacesService({
    ...{ store, bindings, clusters, reserved, access },
  });
  const ownership = new Ownership({ store, clusters });
  const views = new NamespaceViews({ clusters, access });
  const namespaces = new AuthorizedNamespaces({
    ...{ workspaces, authorizer, audit, bindings, service, ownership },
    ...{ views, clusters, reserved, managers, live },
    setup: options.setup,
  });
  const reconciler = new NamespaceReconciler({
    ...{ store, service, views, clusters, audit, live },
    directory: options.directory,
    logger: options.logger,
  });
  return {
    namespaces,
    ownership,
    bindings,
    register: (router, { httpAuth }) =>
      registerNamespaces(router, { httpAuth, namespaces }),
    start: scheduler => reconciler.schedule(scheduler),
    reconciler,
  };
}
