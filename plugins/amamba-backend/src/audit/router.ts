import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { AuditService } from './AuditService';

/** Mounts the audit page's operation. */
export function registerAudit(
  router: Router,
  deps: { httpAuth: HttpAuthService; audit: AuditService },
): void {
  registerEndpoint(
    router,
    deps,
    endpoints.listAudit,
    ({ params, query }, context) =>
      deps.audit.list(params.workspace, query, context),
  );
}
