import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { ENTITY_KINDS } from '../entityKinds';
import type { EntityRoom } from '../links';
import { entityApplicationsRouteRef, entityPipelinesRouteRef } from '../routes';

const filter = { kind: { $in: [...ENTITY_KINDS] } };

/** What pages are made of is named in a chunk of its own: every entity's page loads this file, and few open a tab. */
async function loadTab(room: EntityRoom) {
  const { loadEntityTab } = await import('../roomPages');
  const Tab = await loadEntityTab(room);
  return <Tab />;
}

/** The tab of pipelines on entities that have owners. */
export const pipelinesContent = EntityContentBlueprint.make({
  name: 'pipelines',
  params: {
    path: '/pipelines',
    title: 'Pipelines',
    group: 'development',
    filter,
    routeRef: entityPipelinesRouteRef,
    loader: () => loadTab('pipelines'),
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
    loader: () => loadTab('applications'),
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
