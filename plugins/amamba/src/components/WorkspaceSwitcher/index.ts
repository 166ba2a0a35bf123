export { ALL_WORKSPACES, WorkspaceSwitcher } from './WorkspaceSwitcher';
