import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request } from 'express';

/** Who calls a service. What {@link registerEndpoint} hands to a handler fits, and is handed on whole. */
export interface CallOptions {
  credentials: BackstageCredentials;
  /** for the audit */
  request?: Request;
  /** aborted when the caller goes away */
  signal?: AbortSignal;
}
