import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { OperationsService } from './OperationsService';

/** Mounts the operations on operations. */
export function registerOperations(
  router: Router,
  deps: { httpAuth: HttpAuthService; operations: OperationsService },
): void {
  registerEndpoint(
    router,
    deps,
    endpoints.getOperation,
    ({ params }, context) => deps.operations.get(params, context),
  );
}
