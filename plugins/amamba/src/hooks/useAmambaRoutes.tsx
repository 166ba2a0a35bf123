import {
  createContext,
  useContext,
  useMemo,
  type PropsWithChildren,
} from 'react';
import {
  entityLinks,
  roomAddresses,
  workbenchLinks,
  type EntityRoom,
  type Links,
  type WorkbenchLinks,
} from '../links';
import { ROOMS, ROOM_IDS, type RoomId } from '../rooms';
import { rootRouteRef } from '../routes';
import { useMounted } from './useMounted';

const DEFAULT_WORKBENCH = '/workbench';

/** Where the links of a page lead. */
export interface AmambaRoutes {
  /** `entity` on the tab of an entity */
  place: 'workbench' | 'entity';
  /** pages at the same place as this one: on an entity's tab those of its room stay on it */
  here: Links;
  /** pages of the workbench */
  workbench: WorkbenchLinks;
}

const EntityTabContext = createContext<
  { room: EntityRoom; base: string } | undefined
>(undefined);

/**
 * Makes the links of the pages inside stay on an entity's tab.
 * @param props.room - whose pages the tab shows
 * @param props.base - address of the tab
 */
export function EntityRoutesProvider(
  props: PropsWithChildren<{ room: EntityRoom; base: string }>,
) {
  const { room, base } = props;
  const tab = useMemo(() => ({ room, base }), [room, base]);
  return (
    <EntityTabContext.Provider value={tab}>
      {props.children}
    </EntityTabContext.Provider>
  );
}

/** Where the portal mounts each tab of the workbench by itself; the same object as long as nothing changes. */
function useMountedRooms(): Partial<Record<RoomId, string>> {
  const mounted: Partial<Record<RoomId, string>> = {};
  for (const id of ROOM_IDS) {
    // the list of rooms never changes, so that hooks are called in one order
    // eslint-disable-next-line react-hooks/rules-of-hooks
    mounted[id] = useMounted(ROOMS[id].routeRef);
  }
  const text = JSON.stringify(mounted);
  return useMemo(() => JSON.parse(text), [text]);
}

/** Builds the links of a page, which may be mounted in the workbench or on an entity's tab. */
export function useAmambaRoutes(): AmambaRoutes {
  const root = useMounted(rootRouteRef) ?? DEFAULT_WORKBENCH;
  const mounted = useMountedRooms();
  const tab = useContext(EntityTabContext);
  return useMemo(() => {
    const workbench = workbenchLinks(roomAddresses(root, mounted));
    return tab === undefined
      ? { place: 'workbench', here: workbench, workbench }
      : { place: 'entity', here: entityLinks(workbench, tab), workbench };
  }, [root, mounted, tab]);
}
