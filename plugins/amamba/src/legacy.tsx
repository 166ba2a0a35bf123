/**
 * The plugin for portals on the old frontend system: the same pages, mounted by hand.
 *
 * @packageDocumentation
 */
import { lazy } from 'react';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { amambaApiRef, createLazyClient } from './api';
import { ENTITY_KINDS } from './entityKinds';
import { loadRoom } from './roomPages';
import { ROOMS, ROOM_IDS } from './rooms';
import {
  entityApplicationsRouteRef,
  entityPipelinesRouteRef,
  rootRouteRef,
} from './routes';

/** The plugin, for portals on the old frontend system. */
export const amambaPlugin = createPlugin({
  id: 'amamba',
  apis: [
    createApiFactory({
      api: amambaApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createLazyClient(fetchApi),
    }),
  ],
  routes: {
    root: rootRouteRef,
    entityPipelines: entityPipelinesRouteRef,
    entityApplications: entityApplicationsRouteRef,
  },
});

const TABS = ROOM_IDS.map(room => {
  const Page = lazy(async () => ({ default: await loadRoom(room) }));
  return { path: room, title: ROOMS[room].title, element: <Page /> };
});

/** The workbench, to be mounted at `/workbench`. */
export const WorkbenchPage = amambaPlugin.provide(
  createRoutableExtension({
    name: 'WorkbenchPage',
    mountPoint: rootRouteRef,
    component: async () => {
      const [{ Workbench }, { LegacyLayout }] = await Promise.all([
        import('./pages/scaffold/Workbench'),
        import('./pages/scaffold/LegacyLayout'),
      ]);
      return () => <Workbench tabs={TABS} layout={LegacyLayout} />;
    },
  }),
);

/** The tab of pipelines, to be mounted at `/pipelines` of an entity's page. */
export const EntityPipelinesContent = amambaPlugin.provide(
  createRoutableExtension({
    name: 'EntityPipelinesContent',
    mountPoint: entityPipelinesRouteRef,
    component: () =>
      import('./pages/pipelines/EntityPipelines').then(m => m.EntityPipelines),
  }),
);

/** The tab of applications, to be mounted at `/application` of an entity's page. */
export const EntityApplicationsContent = amambaPlugin.provide(
  createRoutableExtension({
    name: 'EntityApplicationsContent',
    mountPoint: entityApplicationsRouteRef,
    component: () =>
      import('./pages/applications/EntityApplications').then(
        m => m.EntityApplications,
      ),
  }),
);

/** What an entity's overview says of its pipelines and applications. */
export const EntityPipelinesCard = amambaPlugin.provide(
  createComponentExtension({
    name: 'EntityPipelinesCard',
    component: {
      lazy: () => import('./cards/OverviewCard').then(m => m.OverviewCard),
    },
  }),
);

/** Whether an entity is of a kind that has owners, and so a workspace: the condition of the tabs and the card. */
export function isPipelinesAvailable(entity: Entity): boolean {
  const kind = entity.kind.toLocaleLowerCase('en-US');
  return ENTITY_KINDS.some(known => known === kind);
}

export { amambaApiRef, type AmambaApi } from './api';
export {
  entityApplicationsRouteRef,
  entityPipelinesRouteRef,
  rootRouteRef,
} from './routes';
export { amambaTranslationRef } from './translation';
export { amambaGlanceTranslationRef } from './translation/glance';
