import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  kubernetesAccessRef,
  pipelineEnginesExtensionPoint,
  type PipelineEngine,
} from '@amamba/backstage-plugin-amamba-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import Router from 'express-promise-router';
import { registerAudit } from './audit';
import { readAmambaConfig } from './config';
import { createCore } from './core';
import { openDatabase } from './database';
import { nothingHere, typedJson } from './http';
import { openApiDocument } from './openapi';
import { clusterRooms, pipelinesRoom, type Room } from './rooms';
import { registerWorkspaces } from './workspaces';

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
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        slot: kubernetesAccessRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { httpAuth } = deps;
        const config = readAmambaConfig(deps.config);
        const database = await openDatabase(deps.database);
        const core = createCore({ ...deps, config, database });
        const pipelines = pipelinesRoom(core, config, added);
        const rooms: Room[] = [
          pipelines,
          ...clusterRooms(core, config, {
            ...deps,
            root: deps.config,
            engines: pipelines.engines,
          }),
        ];

        const router = Router();
        pipelines.registerEvents(router, { httpAuth });
        router.use(typedJson(MAX_BODY_BYTES));
        for (const room of rooms) room.register(router, { httpAuth });
        registerWorkspaces(router, { httpAuth, ...core });
        registerAudit(router, { httpAuth, ...core });
        const document = openApiDocument(endpoints);
        router.get('/v1/openapi.json', (_request, response) => {
          response.json(document);
        });
        router.use(nothingHere);
        deps.httpRouter.use(router);
        deps.httpRouter.addAuthPolicy({
          path: '/v1/events',
          allow: 'unauthenticated',
        });
        for (const room of rooms) await room.start?.(deps.scheduler);
        deps.lifecycle.addShutdownHook(async () => {
          for (const room of [...rooms].reverse()) await room.stop?.();
        });
      },
    });
  },
});
