import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import Work from '@material-ui/icons/WorkOutline';
import { clientApi } from './extensions/apis';
import { overviewCard, pipelinesContent } from './extensions/entity';
import {
  auditTab,
  overviewTab,
  pipelinesTab,
  workbenchPage,
} from './extensions/pages';
import {
  auditRouteRef,
  entityPipelinesRouteRef,
  overviewRouteRef,
  pipelinesRouteRef,
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
    overview: overviewRouteRef,
    pipelines: pipelinesRouteRef,
    audit: auditRouteRef,
    entityPipelines: entityPipelinesRouteRef,
  },
  extensions: [
    clientApi,
    workbenchPage,
    overviewTab,
    pipelinesTab,
    auditTab,
    pipelinesContent,
    overviewCard,
  ],
});
