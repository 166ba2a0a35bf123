import { endpoints } from '@amamba/backstage-plugin-amamba-common';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import { registerEndpoint } from '../http';
import type { AuthorizedReleases } from './AuthorizedReleases';
import type { AuthorizedRepositories } from './AuthorizedRepositories';

interface Deps {
  httpAuth: HttpAuthService;
  repositories: AuthorizedRepositories;
  releases: AuthorizedReleases;
}

/** Mounts the operations on repositories, charts and releases. */
export function registerHelm(router: Router, deps: Deps): void {
  const { repositories, releases } = deps;
  registerEndpoint(
    router,
    deps,
    endpoints.listHelmRepositories,
    ({ params }, context) => repositories.list(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.createHelmRepository,
    ({ params, body }, context) => repositories.create(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.updateHelmRepository,
    ({ params, body }, context) => repositories.update(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.deleteHelmRepository,
    ({ params }, context) => repositories.delete(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.listCharts,
    ({ params, query }, context) => repositories.charts(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getChart,
    ({ params, query }, context) => repositories.chart(params, query, context),
  );
  registerEndpoint(router, deps, endpoints.getRelease, ({ params }, context) =>
    releases.get(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.getReleaseRevision,
    ({ params }, context) => releases.revision(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.compareReleaseRevisions,
    ({ params, query }, context) => releases.compare(params, query, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.previewRelease,
    ({ params, body }, context) => releases.preview(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.installRelease,
    ({ params, body }, context) => releases.install(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.upgradeRelease,
    ({ params, body }, context) => releases.upgrade(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.rollbackRelease,
    ({ params, body }, context) => releases.rollback(params, body, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.unlockRelease,
    ({ params }, context) => releases.unlock(params, context),
  );
  registerEndpoint(
    router,
    deps,
    endpoints.uninstallRelease,
    ({ params, body }, context) => releases.uninstall(params, body, context),
  );
}
