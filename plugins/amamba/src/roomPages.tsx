import type { ComponentType } from 'react';
import type { EntityRoom } from './links';
import type { RoomPages } from './pages/scaffold/RoomPage';
import type { RoomId } from './rooms';

/** The folder of pages of each room; each is loaded when its room is opened. */
const ROOM_PAGES: Readonly<Record<RoomId, () => Promise<RoomPages>>> = {
  overview: () => import('./pages/overview'),
  pipelines: () => import('./pages/pipelines'),
  applications: () => import('./pages/applications'),
  namespaces: () => import('./pages/namespaces'),
  audit: () => import('./pages/audit'),
  admin: () => import('./pages/admin'),
};

/** The tab of a room on an entity's page. */
const ENTITY_TABS: Readonly<Record<EntityRoom, () => Promise<ComponentType>>> =
  {
    pipelines: () =>
      import('./pages/pipelines/EntityPipelines').then(m => m.EntityPipelines),
    applications: () =>
      import('./pages/applications/EntityApplications').then(
        m => m.EntityApplications,
      ),
  };

/** Loads the tab of a room on an entity's page. */
export function loadEntityTab(room: EntityRoom): Promise<ComponentType> {
  return ENTITY_TABS[room]();
}

/** Loads a room: what all rooms stand in, and its pages. */
export async function loadRoom(room: RoomId): Promise<ComponentType> {
  const [{ RoomPage }, pages] = await Promise.all([
    import('./pages/scaffold/RoomPage'),
    ROOM_PAGES[room](),
  ]);
  return () => <RoomPage room={room} pages={pages} />;
}
