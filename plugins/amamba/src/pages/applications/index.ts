export { ApplicationRoutes as InWorkspace } from './ApplicationRoutes';
