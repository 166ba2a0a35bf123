export {
  discard,
  explainStream,
  parseJson,
  readBeginning,
  readBounded,
} from './body';
export { AddressGuard, PrivateAddressError } from './addressGuard';
export {
  GuardedClient,
  type GuardedAnswer,
  type GuardedRequest,
} from './GuardedClient';
export { OutboundClient } from './OutboundClient';
export {
  connectionError,
  isRetriable,
  UpstreamError,
  tidyDetail,
  type UpstreamReason,
} from './errors';
export { OutboundPath, path, type PathPart } from './path';
export type {
  OutboundAnswer,
  OutboundBody,
  OutboundOptions,
  OutboundRequest,
  OutboundStream,
  OutboundTimeouts,
} from './types';
