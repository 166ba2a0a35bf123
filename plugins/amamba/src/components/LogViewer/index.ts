export { lineHash, parseLineHash, type LineRange } from './lineRange';
export type { LogRange, LogSearch, LogSource } from './LogSource';
export { LogViewer } from './LogViewer';
