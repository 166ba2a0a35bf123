import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { AuthorizedPlatform } from './AuthorizedPlatform';

/** Mounts the operations on the platform. */
export function registerPlatform(
  router: Router,
  deps: { httpAuth: HttpAuthService; platform: AuthorizedPlatform },
): void {
  const { platform } = deps;
  registerEndpoint(router, deps, endpoints.listClusters, (_input, context) =>
    platform.clusters(context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.checkCluster,
    ({ params }, context) => platform.check(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listEngineHealth,
    (_input, context) => platform.engines(context),
  );
}
