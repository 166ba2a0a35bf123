import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request, Router } from 'express';
import { jsonBody, registerEndpoint } from '../http';
import type { AuthorizedPipelines } from './AuthorizedPipelines';
import type { AuthorizedOverview } from './overview/AuthorizedOverview';
import type { EventsService } from './sync/EventsService';

/** an event holds all of a run, its commits too */
const MAX_EVENT_BYTES = 10 * 1024 * 1024;
const BEARER = /^Bearer\s+(\S+)$/i;

/** Mounts the operations on pipelines and the overview. */
export function registerPipelines(
  router: Router,
  deps: {
    httpAuth: HttpAuthService;
    pipelines: AuthorizedPipelines;
    overview: AuthorizedOverview;
  },
): void {
  const { pipelines, overview } = deps;
  registerEndpoint(router, deps, endpoints.getOverview, ({ params }, context) =>
    overview.get(params, context),
  );
  registerEndpoint(router, deps, endpoints.listEngines, ({ params }, context) =>
    pipelines.engines(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listPipelines,
    ({ params, query }, context) => pipelines.list(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listEntityPipelines,
    ({ params, query }, context) =>
      pipelines.listForEntity(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.createPipeline,
    ({ params, body }, context) => pipelines.create(params, body, context),
  );
  registerEndpoint(router, deps, endpoints.getPipeline, ({ params }, context) =>
    pipelines.get(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.updatePipeline,
    ({ params, body }, context) => pipelines.update(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.deletePipeline,
    ({ params }, context) => pipelines.delete(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.syncPipeline,
    ({ params }, context) => pipelines.sync(params, context),
  );
}

function tokenOf(request: Request): string | undefined {
  const { token } = request.query;
  return (
    BEARER.exec(request.headers.authorization ?? '')?.[1] ??
    (typeof token === 'string' ? token : undefined)
  );
}

/**
 * Mounts the inbox of events. Who does not know the secret is turned away before the body is read; to be mounted before
 * bodies are parsed for the other operations.
 */
export function registerEvents(
  router: Router,
  deps: { httpAuth: HttpAuthService; events: EventsService },
): void {
  const { events } = deps;
  router.post(
    endpoints.receiveJenkinsEvent.path,
    (request, _response, next) => {
      events.admit(request.params.engine, tokenOf(request));
      next();
    },
    jsonBody(MAX_EVENT_BYTES),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.receiveJenkinsEvent,
    ({ params, body }, { request }) =>
      events.receive(params.engine, tokenOf(request), body),
  );
}
