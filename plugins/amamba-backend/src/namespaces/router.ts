import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { AuthorizedNamespaces } from './AuthorizedNamespaces';

/** Mounts the operations on cluster bindings and namespaces. */
export function registerNamespaces(
  router: Router,
  deps: { httpAuth: HttpAuthService; namespaces: AuthorizedNamespaces },
): void {
  const { namespaces } = deps;
  registerEndpoint(
    router,
    deps,
    endpoints.listClusterBindings,
    ({ params }, context) => namespaces.listBindings(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.bindCluster,
    ({ params, body }, context) => namespaces.bind(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.unbindCluster,
    ({ params }, context) => namespaces.unbind(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listNamespaces,
    ({ params, query }, context) => namespaces.list(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.createNamespace,
    ({ params, body }, context) => namespaces.create(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getNamespace,
    ({ params }, context) => namespaces.get(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.updateNamespace,
    ({ params, body }, context) => namespaces.update(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.mendNamespace,
    ({ params }, context) => namespaces.mend(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.previewNamespaceDeletion,
    ({ params }, context) => namespaces.previewDeletion(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.deleteNamespace,
    ({ params, body }, context) => namespaces.delete(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listAdoptableNamespaces,
    ({ params }, context) => namespaces.adoptable(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.adoptNamespace,
    ({ params, body }, context) => namespaces.adopt(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.releaseNamespace,
    ({ params }, context) => namespaces.release(params, context),
  );
}
