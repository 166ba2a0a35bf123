export { lineHash, parseLineHash, type LineRange } from './lineRange';
export type { LogRange, LogSearch, LogSource } from './LogSource';
export { LogViewer } from './LogViewer';
export type { HeldLine } from './heldLines';
export { spanStyles } from './colours';
export { StreamBuffer } from './StreamBuffer';
export {
  StreamLogViewer,
  type LogStream,
  type StreamState,
} from './StreamLogViewer';
