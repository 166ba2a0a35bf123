import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { attachment, registerEndpoint } from '../../http';
import type { AuthorizedRuns } from './AuthorizedRuns';

/** Mounts the operations on runs. */
export function registerRuns(
  router: Router,
  deps: { httpAuth: HttpAuthService; runs: AuthorizedRuns },
): void {
  const { runs } = deps;
  registerEndpoint(router, deps, endpoints.getRunForm, ({ params }, context) =>
    runs.form(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listRuns,
    ({ params, query }, context) => runs.list(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.startRun,
    ({ params, body }, context) => runs.start(params, body, context),
  );
  registerEndpoint(router, deps, endpoints.getRun, ({ params }, context) =>
    runs.get(params, context),
  );
  registerEndpoint(router, deps, endpoints.getRunGraph, ({ params }, context) =>
    runs.graph(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listRunSteps,
    ({ params, query }, context) => runs.steps(params, query.stage, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getRunLog,
    ({ params, query }, context) => runs.log(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.searchRunLog,
    ({ params, query }, context) => runs.searchLog(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.downloadRunLog,
    async ({ params, query }, context) => ({
      stream: await runs.rawLog(params, query.node, context),
      headers: attachment(
        `${[params.pipeline, params.run, query.node].filter(Boolean).join('-')}.log`,
      ),
    }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.cancelRun,
    ({ params, body }, context) => runs.cancel(params, body, context),
  );
  registerEndpoint(router, deps, endpoints.rerun, ({ params, body }, context) =>
    runs.rerun(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.decide,
    ({ params: { approval, ...names }, body }, context) =>
      runs.decide(names, approval, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listArtifacts,
    ({ params }, context) => runs.artifacts(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.downloadArtifact,
    async ({ params, query }, context) => {
      const file = await runs.artifact(params, query.path, context);
      return {
        stream: file.stream,
        headers: {
          ...attachment(query.path.split('/').pop() ?? 'artifact'),
          // what a build made must not run as a page of the portal
          'Content-Security-Policy': "sandbox; default-src 'none'",
          ...(file.sizeBytes !== undefined && {
            'Content-Length': String(file.sizeBytes),
          }),
        },
      };
    },
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getTestReport,
    ({ params, query }, context) => runs.tests(params, query, context),
  );
  registerEndpoint(router, deps, endpoints.listChanges, ({ params }, context) =>
    runs.changes(params, context),
  );
}
