import type {
  KubernetesAccessSlot,
  PipelineEngine,
} from '@amamba/backstage-plugin-amamba-node';
import type {
  AuthService,
  DiscoveryService,
  HttpAuthService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Router } from 'express';
import { createApplicationsRoom } from './applications';
import { createClusters, readClusterSetup } from './clusters';
import { platformAdmins, type AmambaConfig } from './config';
import type { Core } from './core';
import { createHelmRoom, readHelmConfig } from './helm';
import { createNamespacesRoom, ownedNamespaces } from './namespaces';
import {
  OperationsService,
  OperationsStore,
  registerOperations,
} from './operations';
import {
  createJenkinsEngine,
  createPipelinesRoom,
  readJenkinsEvent,
  type EngineReports,
  type PipelinesRoom,
} from './pipelines';
import { AuthorizedPlatform, registerPlatform } from './platform';

/** A room as the plugin sees it. */
export interface Room {
  /** Mounts its operations. */
  register(router: Router, deps: { httpAuth: HttpAuthService }): void;
  /** Begins what it does in the background. */
  start?(scheduler: SchedulerService): Promise<void>;
  /** Ends it; in the order opposite to that of the start. */
  stop?(): Promise<void> | void;
}

/** The room of pipelines with the configured engines and those that modules added. */
export function pipelinesRoom(
  core: Core,
  config: AmambaConfig,
  added: readonly PipelineEngine[],
): PipelinesRoom {
  return createPipelinesRoom({
    ...core,
    engines: [
      ...config.jenkins.map(instance =>
        createJenkinsEngine(instance, { logger: core.logger }),
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
}

/** The rooms that stand on clusters, in the order in which they start. */
export function clusterRooms(
  core: Core,
  config: AmambaConfig,
  options: {
    root: Config;
    slot: KubernetesAccessSlot;
    discovery: DiscoveryService;
    auth: AuthService;
    engines: EngineReports;
  },
): Room[] {
  const { authorizer, directory } = core;
  const clusters = createClusters({
    config: options.root,
    slot: options.slot,
    discovery: options.discovery,
    auth: options.auth,
    logger: core.logger,
    ownedNamespaces: ownedNamespaces(core.database),
  });
  const setup = () => readClusterSetup(config.clusterStatusFile);
  const namespaces = createNamespacesRoom({
    ...core,
    ...{ clusters, setup },
    reserved: config.reservedNamespaces,
    managers: platformAdmins(config.roles),
  });
  const { ownership, bindings } = namespaces;
  const operations = new OperationsService({
    ...core,
    store: new OperationsStore(core.database),
  });
  const applications = createApplicationsRoom({
    ...core,
    ...{ ownership, setup, operations },
  });
  const platform = new AuthorizedPlatform({
    ...{ authorizer, clusters, bindings, directory, setup },
    engines: options.engines,
  });
  return [
    { register: () => {}, stop: () => clusters.stop() },
    {
      register: (router, deps) =>
        registerPlatform(router, { ...deps, platform }),
    },
    namespaces,
    {
      register: (router, deps) =>
        registerOperations(router, { ...deps, operations }),
      start: scheduler => operations.schedule(scheduler),
      stop: () => operations.stop(),
    },
    applications,
    createHelmRoom({
      ...core,
      ...{ ownership, operations, applications },
      config: readHelmConfig(options.root),
    }),
  ];
}
