export { EntityReader, type EntityFacts } from './EntityReader';
export { registerWorkspaces } from './router';
export type { RoleGrant, WorkspaceRecord } from '../permissions';
export { WorkspaceDirectory } from './WorkspaceDirectory';
export { WorkspacesService } from './WorkspacesService';
