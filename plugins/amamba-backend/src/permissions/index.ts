export {
  Authorizer,
  type ListCriteria,
  type PipelineTarget,
  type Target,
} from './Authorizer';
export { CallerCache } from './CallerCache';
export { CallerIdentity, type Identity } from './CallerIdentity';
export { registerPermissions } from './registerPermissions';
export type { RoleGrant, WorkspaceRecord } from './WorkspaceRecord';
