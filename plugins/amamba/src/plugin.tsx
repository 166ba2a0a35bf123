import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import Work from '@material-ui/icons/WorkOutline';
import { clientApi } from './extensions/apis';
import {
  applicationContent,
  overviewCard,
  pipelinesContent,
} from './extensions/entity';
import { roomTabs, workbenchPage } from './extensions/pages';
import { ROOMS } from './rooms';
import {
  entityApplicationsRouteRef,
  entityPipelinesRouteRef,
  rootRouteRef,
} from './routes';

/** The plugin, for portals on the new frontend system. */
export const amambaPlugin = createFrontendPlugin({
  pluginId: 'amamba',
  title: 'Workbench',
  icon: <Work fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    overview: ROOMS.overview.routeRef,
    pipelines: ROOMS.pipelines.routeRef,
    applications: ROOMS.applications.routeRef,
    namespaces: ROOMS.namespaces.routeRef,
    audit: ROOMS.audit.routeRef,
    admin: ROOMS.admin.routeRef,
    entityPipelines: entityPipelinesRouteRef,
    entityApplications: entityApplicationsRouteRef,
  },
  extensions: [
    clientApi,
    workbenchPage,
    ...roomTabs,
    pipelinesContent,
    applicationContent,
    overviewCard,
  ],
});
