import { ROOMS, ROOM_IDS, type RoomId } from '../rooms';
import { adminLinks, type AdminLinks } from './admin';
import { applicationLinks, type ApplicationLinks } from './applications';
import { namespaceLinks, type NamespaceLinks } from './namespaces';
import { pipelineLinks, type PipelineLinks } from './pipelines';
import { segments } from './segments';

export type { AdminView } from './admin';
export type {
  ApplicationAddress,
  ApplicationLinks,
  ApplicationView,
  ApplicationWay,
} from './applications';
export type { NamespaceLinks } from './namespaces';
export type { PipelineLinks, PipelineView, RunView } from './pipelines';

/**
 * What builds the links below the list of a room. These rooms can stand on the tab of an entity too; a room adds its own
 * here and to {@link Links}.
 */
const BELOW = {
  pipelines: pipelineLinks,
  applications: applicationLinks,
} as const satisfies Partial<Record<RoomId, unknown>>;

/** A room that can stand on the tab of an entity. */
export type EntityRoom = keyof typeof BELOW;

/** Builds the addresses of pages. All are absolute paths inside the portal, with every name encoded. */
export type Links = PipelineLinks & ApplicationLinks;

/** Builds the addresses of the workbench's own pages too. */
export interface WorkbenchLinks extends Links, NamespaceLinks, AdminLinks {
  /** @param workspace - `~all` for all of the reader's, where the room has such a page; rooms of the platform have none in their address */
  room(room: RoomId, workspace: string): string;
}

/** Addresses of the tabs of the workbench. */
export type RoomAddresses = Readonly<Record<RoomId, string>>;

/**
 * Where the tabs are.
 * @param base - address of the workbench: tabs that are mounted nowhere else are below it, by their names
 */
export function roomAddresses(
  base: string,
  mounted: Partial<RoomAddresses> = {},
): RoomAddresses {
  const root = base.replace(/\/+$/, '');
  return Object.fromEntries(
    ROOM_IDS.map(id => [id, mounted[id] ?? `${root}/${id}`]),
  ) as RoomAddresses;
}

/** Links of the workbench. */
export function workbenchLinks(addresses: RoomAddresses): WorkbenchLinks {
  const room = (id: RoomId) => (workspace: string) =>
    ROOMS[id].ofPlatform
      ? addresses[id]
      : `${addresses[id]}${segments(workspace)}`;
  return {
    ...BELOW.pipelines(room('pipelines')),
    ...BELOW.applications(room('applications')),
    ...namespaceLinks(room('namespaces')),
    ...adminLinks(addresses.admin),
    room: (id, workspace) => room(id)(workspace),
  };
}

/**
 * Links on the tab of an entity: what belongs to its room stays on the tab, the rest leads to the workbench.
 * @param base - address of the tab
 */
export function entityLinks(
  workbench: Links,
  tab: { room: EntityRoom; base: string },
): Links {
  const base = tab.base.replace(/\/+$/, '');
  return { ...workbench, ...BELOW[tab.room](() => base) };
}
