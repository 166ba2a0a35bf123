/**
 * Amamba for Backstage: the workbench, entity tabs and cards, for portals on the new frontend system. Portals on the
 * old one import `./legacy`.
 *
 * @packageDocumentation
 */
export { amambaApiRef, type AmambaApi } from './api';
export { amambaPlugin as default } from './plugin';
export { entityPipelinesRouteRef, rootRouteRef } from './routes';
export { amambaTranslationRef } from './translation';
export { amambaGlanceTranslationRef } from './translation/glance';
