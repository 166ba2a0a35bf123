import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { ENTITY_KINDS } from '../entityKinds';
import { entityPipelinesRouteRef } from '../routes';

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

/** What an entity's overview says of its pipelines. */
export const overviewCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    type: 'info',
    filter,
    loader: () => import('../cards/OverviewCard').then(m => <m.OverviewCard />),
  },
});
