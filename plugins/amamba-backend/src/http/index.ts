export { attachment } from './attachment';
export type { CallOptions } from './CallOptions';
export { jsonBody, typedJson } from './jsonBody';
export { nothingHere } from './nothingHere';
export * from './outbound';
export {
  registerEndpoint,
  type CallContext,
  type CallerCredentials,
  type HandlerOutput,
  type StreamedOutput,
} from './registerEndpoint';
