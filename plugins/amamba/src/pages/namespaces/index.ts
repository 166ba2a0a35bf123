export { NamespaceRoutes as InWorkspace } from './NamespaceRoutes';
