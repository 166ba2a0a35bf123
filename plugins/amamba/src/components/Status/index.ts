export { nodeLook, rollUp, runLook } from './states';
export type { StatusKey, StatusLook, StatusWord } from './states';
export {
  NodeStatus,
  RunStatus,
  Status,
  StatusIcon,
  useStatusWord,
} from './Status';
