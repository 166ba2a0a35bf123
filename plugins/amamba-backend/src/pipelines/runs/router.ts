import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../../http';
import type { AuthorizedRuns } from './AuthorizedRuns';

/** A header that has browsers save a stream under a name, whatever characters that has. */
function attachment(name: string): Record<string, string> {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_');
  return {
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
}

/** Mounts the operations on runs. */
export function registerRuns(
  router: Router,
  deps: { httpAuth: HttpAuthService; runs: AuthorizedRuns },
): void {
  const { runs } = deps;
  registerEndpoint(
    router,
    deps,
    endpoints.getRunForm,
    ({ params }, { credentials }) => runs.form(params, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listRuns,
    ({ params, query }, { credentials }) =>
      runs.list(params, query, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.startRun,
    ({ params, body }, { credentials, request }) =>
      runs.start(params, body, { credentials, request }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getRun,
    ({ params }, { credentials }) => runs.get(params, { credentials }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getRunGraph,
    ({ params }, { credentials, signal }) =>
      runs.graph(params, { credentials, signal }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listRunSteps,
    ({ params, query }, { credentials, signal }) =>
      runs.steps(params, query.stage, { credentials, signal }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getRunLog,
    ({ params, query }, { credentials, signal }) =>
      runs.log(params, query, { credentials, signal }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.searchRunLog,
    ({ params, query }, { credentials, signal }) =>
      runs.searchLog(params, query, { credentials, signal }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.downloadRunLog,
    async ({ params, query }, { credentials, signal }) => ({
      stream: await runs.rawLog(params, query.node, { credentials, signal }),
      headers: attachment(
        `${[params.pipeline, params.run, query.node].filter(Boolean).join('-')}.log`,
      ),
    }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.cancelRun,
    ({ params, body }, { credentials, request }) =>
      runs.cancel(params, body, { credentials, request }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.rerun,
    ({ params, body }, { credentials, request }) =>
      runs.rerun(params, body, { credentials, request }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.decide,
    ({ params: { approval, ...names }, body }, { credentials, request }) =>
      runs.decide(names, approval, body, { credentials, request }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listArtifacts,
    ({ params }, { credentials, signal }) =>
      runs.artifacts(params, { credentials, signal }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.downloadArtifact,
    async ({ params, query }, { credentials, signal }) => {
      const file = await runs.artifact(params, query.path, {
        credentials,
        signal,
      });
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
    ({ params, query }, { credentials, signal }) =>
      runs.tests(params, query, { credentials, signal }),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listChanges,
    ({ params }, { credentials, signal }) =>
      runs.changes(params, { credentials, signal }),
  );
}
