import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { json, type Request, type Router } from 'express';
import { registerEndpoint } from '../http';
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
  registerEndpoint(
    router,
    deps,
    endpoints.getOverview,
    ({ params }, { credentials }) => overview.get(params, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listEngines,
    ({ params }, { credentials }) => pipelines.engines(params, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listPipelines,
    ({ params, query }, { credentials }) =>
      pipelines.list(params, query, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listEntityPipelines,
    ({ params, query }, { credentials }) =>
      pipelines.listForEntity(params, query, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.createPipeline,
    ({ params, body }, { credentials, request }) =>
      pipelines.create(params, body, { credentials, request }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getPipeline,
    ({ params }, { credentials }) => pipelines.get(params, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.updatePipeline,
    ({ params, body }, { credentials, request }) =>
      pipelines.update(params, body, { credentials, request }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.deletePipeline,
    ({ params }, { credentials, request }) =>
      pipelines.delete(params, { credentials, request }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.syncPipeline,
    ({ params }, { credentials, request }) =>
      pipelines.sync(params, { credentials, request }),
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
    json({ limit: MAX_EVENT_BYTES }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.receiveJenkinsEvent,
    ({ params, body }, { request }) =>
      events.receive(params.engine, tokenOf(request), body),
  );
}
