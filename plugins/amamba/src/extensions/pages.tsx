import {
  coreExtensionData,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import Work from '@material-ui/icons/WorkOutline';
import {
  auditRouteRef,
  overviewRouteRef,
  pipelinesRouteRef,
  rootRouteRef,
} from '../routes';

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

/** What waits, is broken and runs. */
export const overviewTab = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    routeRef: overviewRouteRef,
    title: 'Overview',
    loader: () =>
      import('../pages/scaffold/rooms').then(m => <m.OverviewRoom />),
  },
});

/** Pipelines and everything below them. */
export const pipelinesTab = SubPageBlueprint.make({
  name: 'pipelines',
  params: {
    path: 'pipelines',
    routeRef: pipelinesRouteRef,
    title: 'Pipelines',
    loader: () =>
      import('../pages/scaffold/rooms').then(m => <m.PipelinesRoom />),
  },
});

/** Who changed what. */
export const auditTab = SubPageBlueprint.make({
  name: 'audit',
  params: {
    path: 'audit',
    routeRef: auditRouteRef,
    title: 'Audit',
    loader: () => import('../pages/scaffold/rooms').then(m => <m.AuditRoom />),
  },
});
