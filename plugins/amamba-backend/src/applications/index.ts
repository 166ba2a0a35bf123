/** What runs in the namespaces of workspaces. */
export {
  createApplicationsRoom,
  type ApplicationsRoom,
  type ApplicationsRoomOptions,
} from './createApplicationsRoom';
