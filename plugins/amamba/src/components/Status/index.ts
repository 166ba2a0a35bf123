export { healthLook, nodeLook, rollUp, RUN_STATES, runLook } from './states';
export type { StatusKey, StatusLook, StatusWord } from './states';
export {
  NodeStatus,
  RunStatus,
  Status,
  StatusIcon,
  useRunStateOptions,
  useStatusWord,
} from './Status';
