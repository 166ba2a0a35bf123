import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../../http';
import type { AuthorizedLogs } from './AuthorizedLogs';
import type { AuthorizedTerminals } from './AuthorizedTerminals';

/** Mounts logs and terminals. */
export function registerLive(
  router: Router,
  deps: {
    httpAuth: HttpAuthService;
    logs: AuthorizedLogs;
    terminals: AuthorizedTerminals;
  },
): void {
  const { logs, terminals } = deps;
  registerEndpoint(
    router,
    deps,
    endpoints.readPodLogs,
    ({ params, query }, context) => logs.read(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.downloadPodLogs,
    ({ params, query }, context) => logs.download(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.openTerminal,
    ({ params, body }, context) => terminals.open(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.readTerminal,
    ({ params }, context) => terminals.read(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.writeTerminal,
    ({ params, body }, context) => terminals.write(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.closeTerminal,
    ({ params }, context) => terminals.close(params, context),
  );
}
