import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import Router from 'express-promise-router';
import { AuditService, AuditStore, registerAudit } from './audit';
import { readAmambaConfig } from './config';
import { openDatabase } from './database';
import { LiveService } from './live';
import { openApiDocument } from './openapi';
import { Authorizer, CallerIdentity, registerPermissions } from './permissions';
import {
  registerWorkspaces,
  WorkspaceDirectory,
  WorkspacesService,
} from './workspaces';

/**
 * The backend of Amamba. Composes the rooms; rules live in them.
 *
 * @public
 */
export const amambaPlugin = createBackendPlugin({
  pluginId: 'amamba',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { auth, catalog, httpAuth, logger } = deps;
        const config = readAmambaConfig(deps.config);
        const database = await openDatabase(deps.database);
        const directory = new WorkspaceDirectory({
          catalog,
          auth,
          logger,
          filter: config.workspaceFilter,
          roles: config.roles,
        });
        registerPermissions({
          registry: deps.permissionsRegistry,
          directory,
          pipelines: async ids => ids.map(() => undefined),
        });
        const authorizer = new Authorizer({
          permissions: deps.permissions,
          registry: deps.permissionsRegistry,
          identity: new CallerIdentity({ auth, userInfo: deps.userInfo }),
          mode: config.authorization,
        });
        const workspaces = new WorkspacesService({
          directory,
          authorizer,
          catalog,
        });
        const audit = new AuditService({
          auditor: deps.auditor,
          store: new AuditStore(database),
          authorizer,
          workspaces,
          logger,
        });
        const live = new LiveService({
          signals: deps.signals,
          directory,
          logger,
        });

        const router = Router();
        registerWorkspaces(router, { httpAuth, workspaces });
        registerAudit(router, { httpAuth, audit });
        const document = openApiDocument(endpoints);
        router.get('/v1/openapi.json', (_request, response) => {
          response.json(document);
        });
        deps.httpRouter.use(router);
      },
    });
  },
});
