import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { ENTITY_KINDS } from '../entityKinds';
import { entityApplicationsRouteRef, entityPipelinesRouteRef } from '../routes';

const filter = { kind: { $in: [...ENTITY_KINDS] } };

/** The tab of pipelines on entities that have owners. */
export const pipelinesContent = EntityContentBlueprint.make({
  name: 'pipelines',
  params: {
    path: '/pipelines',
    title: 'Pipelines',
    group: 'development',
    filter,
    routeRef: entityPipelinesRouteRef,
    loader: () =>
      import('../pages/pipelines/EntityPipelines').then(m => (
        <m.EntityPipelines />
      )),
  },
});

/** The tab of applications on entities that have owners. */
export const applicationContent = EntityContentBlueprint.make({
  name: 'application',
  params: {
    path: '/application',
    title: 'Application',
    group: 'deployment',
    filter,
    routeRef: entityApplicationsRouteRef,
    loader: () =>
      import('../pages/applications/EntityApplications').then(m => (
        <m.EntityApplications />
      )),
  },
});

/** What an entity's overview says of its pipelines. */
export const overviewCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    type: 'info',
    filter,
    loader: () => import('../cards/OverviewCard').then(m => <m.OverviewCard />),
  },
});
