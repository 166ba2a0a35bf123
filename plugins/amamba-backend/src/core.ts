import type {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { AuditService, AuditStore } from './audit';
import { platformAdmins, type AmambaConfig } from './config';
import type { openDatabase } from './database';
import { LiveService } from './live';
import { applicationResources } from './namespaces';
import { Authorizer, CallerIdentity, registerPermissions } from './permissions';
import { pipelineResources } from './pipelines';
import {
  EntityReader,
  WorkspaceDirectory,
  WorkspacesService,
} from './workspaces';

/** Services of Backstage that the core is built on. */
export interface CoreOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  signals: SignalsService;
  userInfo: UserInfoService;
  config: AmambaConfig;
  database: Awaited<ReturnType<typeof openDatabase>>;
}

/** What every room stands on: who may what, where it belongs, what is remembered of it, and who is told. */
export type Core = ReturnType<typeof createCore>;

/** Composes {@link Core} and publishes the permissions. */
export function createCore(options: CoreOptions) {
  const { auth, catalog, config, database, logger } = options;
  const directory = new WorkspaceDirectory({
    ...{ catalog, auth, logger },
    filter: config.workspaceFilter,
    roles: config.roles,
  });
  registerPermissions({
    registry: options.permissionsRegistry,
    directory,
    pipelines: pipelineResources(database, directory),
    applications: applicationResources(database, directory),
  });
  const authorizer = new Authorizer({
    permissions: options.permissions,
    registry: options.permissionsRegistry,
    identity: new CallerIdentity({ auth, userInfo: options.userInfo }),
    mode: config.authorization,
    platformAdmins: platformAdmins(config.roles),
  });
  const entities = new EntityReader({ catalog });
  const workspaces = new WorkspacesService({
    ...{ directory, authorizer, entities },
  });
  const audit = new AuditService({
    auditor: options.auditor,
    store: new AuditStore(database),
    ...{ authorizer, workspaces, logger },
  });
  const live = new LiveService({ signals: options.signals, directory, logger });
  return {
    ...{ directory, authorizer, entities, workspaces, audit, live },
    ...{ database, logger },
  };
}
