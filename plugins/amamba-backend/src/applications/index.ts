/** What runs in the namespaces of workspaces. */
export {
  createApplicationsRoom,
  type ApplicationsRoom,
  type ApplicationsRoomOptions,
} from './createApplicationsRoom';
export {
  targetOf,
  type ApplicationAccess,
  type ApplicationOfCaller,
  type PlaceOfCaller,
} from './ApplicationAccess';
export type { ApplicationIndex } from './read/ApplicationIndex';
export { healthOf } from './read/workloads';
