import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  pipelineEnginesExtensionPoint,
  type PipelineEngine,
} from '@amamba/backstage-plugin-amamba-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { json } from 'express';
import Router from 'express-promise-router';
import { AuditService, AuditStore, registerAudit } from './audit';
import { platformAdmins, readAmambaConfig } from './config';
import { openDatabase } from './database';
import { LiveService } from './live';
import { openApiDocument } from './openapi';
import { Authorizer, CallerIdentity, registerPermissions } from './permissions';
import { applicationResources } from './namespaces';
import {
  createJenkinsEngine,
  createPipelinesRoom,
  pipelineResources,
  readJenkinsEvent,
} from './pipelines';
import {
  EntityReader,
  registerWorkspaces,
  WorkspaceDirectory,
  WorkspacesService,
} from './workspaces';

/** A Jenkinsfile of 1 MB with what JSON adds to it. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * The backend of Amamba. Composes the rooms; rules live in them.
 *
 * @public
 */
export const amambaPlugin = createBackendPlugin({
  pluginId: 'amamba',
  register(env) {
    const added: PipelineEngine[] = [];
    env.registerExtensionPoint(pipelineEnginesExtensionPoint, {
      addEngine(engine) {
        if (added.some(({ id }) => id === engine.id)) {
          throw new Error(`There is an engine "${engine.id}" already`);
        }
        added.push(engine);
      },
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
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
          pipelines: pipelineResources(database, directory),
          applications: applicationResources(database, directory),
        });
        const authorizer = new Authorizer({
          permissions: deps.permissions,
          registry: deps.permissionsRegistry,
          identity: new CallerIdentity({ auth, userInfo: deps.userInfo }),
          mode: config.authorization,
          platformAdmins: platformAdmins(config.roles),
        });
        const entities = new EntityReader({ catalog });
        const workspaces = new WorkspacesService({
          directory,
          authorizer,
          entities,
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

        const room = createPipelinesRoom({
          ...{ database, authorizer, workspaces, audit, live, entities },
          logger,
          engines: [
            ...config.jenkins.map(instance =>
              createJenkinsEngine(instance, { logger }),
            ),
            ...added,
          ],
          eventSources: new Map(
            config.jenkins.map(instance => [
              instance.id,
              {
                token: instance.eventToken,
                read: body => readJenkinsEvent(body, instance),
              },
            ]),
          ),
        });

        const router = Router();
        room.registerEvents(router, { httpAuth });
        router.use(json({ limit: MAX_BODY_BYTES }));
        room.register(router, { httpAuth });
        registerWorkspaces(router, { httpAuth, workspaces });
        registerAudit(router, { httpAuth, audit });
        const document = openApiDocument(endpoints);
        router.get('/v1/openapi.json', (_request, response) => {
          response.json(document);
        });
        deps.httpRouter.use(router);
        deps.httpRouter.addAuthPolicy({
          path: '/v1/events',
          allow: 'unauthenticated',
        });
        await room.start(deps.scheduler);
        deps.lifecycle.addShutdownHook(() => room.stop());
      },
    });
  },
});
