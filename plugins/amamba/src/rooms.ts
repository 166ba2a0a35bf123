import { createRouteRef, type RouteRef } from '@backstage/core-plugin-api';
import type { Translate } from './translation';

/** Name of a room, which is the path of its tab. */
export type RoomId =
  'overview' | 'pipelines' | 'applications' | 'namespaces' | 'audit' | 'admin';

/** A room of the workbench: a tab with the pages of one domain. */
export interface Room {
  /** of the tab, until the portal renames it; English, because the framework cannot translate it */
  title: string;
  /** the title in the reader's language */
  label: (t: Translate) => string;
  /** keys that lead there */
  keys: string;
  /** where the portal's frontend system mounts the tab */
  routeRef: RouteRef;
  /** has a page over all of the reader's workspaces too */
  acrossWorkspaces?: boolean;
  /** belongs to no workspace: its address holds none */
  ofPlatform?: boolean;
}

/**
 * The rooms of the workbench, in the order of their tabs. A room is a name, a row here, a folder of pages
 * with a row in `roomPages.tsx`, its tab in `extensions/pages.tsx`, and its links in `links/` when it has pages below its
 * list.
 */
export const ROOMS: Readonly<Record<RoomId, Room>> = {
  overview: {
    title: 'Overview',
    label: t => t('workspaces.overview.title'),
    keys: 'g o',
    routeRef: createRouteRef({ id: 'amamba.overview' }),
    acrossWorkspaces: true,
  },
  pipelines: {
    title: 'Pipelines',
    label: t => t('pipelines.title'),
    keys: 'g p',
    routeRef: createRouteRef({ id: 'amamba.pipelines' }),
  },
  applications: {
    title: 'Applications',
    label: t => t('applications.title'),
    keys: 'g a',
    routeRef: createRouteRef({ id: 'amamba.applications' }),
  },
  namespaces: {
    title: 'Namespaces',
    label: t => t('namespaces.title'),
    keys: 'g n',
    routeRef: createRouteRef({ id: 'amamba.namespaces' }),
  },
  audit: {
    title: 'Audit',
    label: t => t('audit.title'),
    keys: 'g u',
    routeRef: createRouteRef({ id: 'amamba.audit' }),
  },
  admin: {
    title: 'Admin',
    label: t => t('admin.title'),
    keys: 'g d',
    routeRef: createRouteRef({ id: 'amamba.admin' }),
    ofPlatform: true,
  },
};

/** Names of the rooms, in the order of their tabs. */
export const ROOM_IDS = Object.keys(ROOMS) as RoomId[];
