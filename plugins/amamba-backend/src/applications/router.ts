import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { AuthorizedActs } from './AuthorizedActs';
import type { AuthorizedApplications } from './AuthorizedApplications';
import type { AuthorizedDeletion } from './AuthorizedDeletion';
import type { AuthorizedImport } from './AuthorizedImport';
import type { AuthorizedManifests } from './AuthorizedManifests';

/** Mounts the operations on applications. */
export function registerApplications(
  router: Router,
  deps: {
    httpAuth: HttpAuthService;
    applications: AuthorizedApplications;
    acts: AuthorizedActs;
    manifests: AuthorizedManifests;
    deletion: AuthorizedDeletion;
    importing: AuthorizedImport;
  },
): void {
  const { applications, acts, manifests, deletion, importing } = deps;
  registerEndpoint(
    router,
    deps,
    endpoints.listApplications,
    ({ params, query }, context) => applications.list(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getApplication,
    ({ params }, context) => applications.get(params, context),
  );
  registerEndpoint(router, deps, endpoints.getTopology, ({ params }, context) =>
    applications.topology(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listApplicationEvents,
    ({ params }, context) => applications.events(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listRevisions,
    ({ params }, context) => applications.revisions(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.compareRevisions,
    ({ params, query }, context) =>
      applications.compare(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getManifest,
    ({ params, query }, context) =>
      applications.manifest(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.exportApplication,
    ({ params }, context) => applications.export(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.previewAct,
    ({ params, body }, context) => acts.preview(params, body, context),
  );
  registerEndpoint(router, deps, endpoints.act, ({ params, body }, context) =>
    acts.act(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.checkManifests,
    ({ params, body }, context) => manifests.check(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.applyManifests,
    ({ params, body }, context) => manifests.apply(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.checkManifest,
    ({ params, body }, context) => manifests.checkEdit(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.applyManifest,
    ({ params, body }, context) => manifests.edit(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.previewApplicationDeletion,
    ({ params, body }, context) => deletion.preview(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.deleteApplication,
    ({ params, body }, context) => deletion.delete(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listImportable,
    ({ params, query }, context) => importing.list(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.importApplication,
    ({ params, body }, context) => importing.import(params, body, context),
  );
}
