import { createRouteRef } from '@backstage/core-plugin-api';

/** The workbench, `/workbench` unless the portal mounts it elsewhere. */
export const rootRouteRef = createRouteRef({ id: 'amamba' });

/** The tab of applications on an entity's page. */
export const entityApplicationsRouteRef = createRouteRef({
  id: 'amamba.entity-applications',
});

/** The tab of pipelines on an entity's page. */
export const entityPipelinesRouteRef = createRouteRef({
  id: 'amamba.entity-pipelines',
});
