export { parseJson } from './body';
export { OutboundClient } from './OutboundClient';
export { UpstreamError, tidyDetail, type UpstreamReason } from './errors';
export { OutboundPath, path, type PathPart } from './path';
export type {
  OutboundAnswer,
  OutboundBody,
  OutboundOptions,
  OutboundRequest,
  OutboundStream,
  OutboundTimeouts,
} from './types';
