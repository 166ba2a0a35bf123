import {
  coreExtensionData,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import Work from '@material-ui/icons/WorkOutline';
import { ROOMS, type RoomId } from '../rooms';
import { rootRouteRef } from '../routes';

/**
 * The workbench. Its tabs are sub pages, so that a portal can rename or switch off each of them; the head is drawn by
 * the page itself, because the framework cannot translate titles.
 */
export const workbenchPage = PageBlueprint.makeWithOverrides({
  factory(originalFactory, { inputs }) {
    return originalFactory({
      path: '/workbench',
      title: 'Workbench',
      icon: <Work fontSize="inherit" />,
      routeRef: rootRouteRef,
      noHeader: true,
      loader: async () => {
        const { Workbench } = await import('../pages/scaffold/Workbench');
        const tabs = inputs.pages.map(page => ({
          path: page.get(coreExtensionData.routePath),
          title:
            page.get(coreExtensionData.title) ??
            page.get(coreExtensionData.routePath),
          element: page.get(coreExtensionData.reactElement),
        }));
        return <Workbench tabs={tabs} />;
      },
    });
  },
});

/** The tab of a room. */
function roomTab<const R extends RoomId>(room: R) {
  const { title, routeRef } = ROOMS[room];
  return SubPageBlueprint.make({
    name: room,
    params: {
      path: room,
      routeRef,
      title,
      loader: async () => {
        const { loadRoom } = await import('../roomPages');
        const Page = await loadRoom(room);
        return <Page />;
      },
    },
  });
}

/** The tabs of the rooms, in their order. */
export const roomTabs = [
  roomTab('overview'),
  roomTab('pipelines'),
  roomTab('applications'),
  roomTab('namespaces'),
  roomTab('audit'),
  roomTab('admin'),
] as const;
