import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { AuthorizedApplications } from './AuthorizedApplications';

/** Mounts the operations on applications. */
export function registerApplications(
  router: Router,
  deps: { httpAuth: HttpAuthService; applications: AuthorizedApplications },
): void {
  const { applications } = deps;
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
}
