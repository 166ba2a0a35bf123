import {
  refusalWords,
  type KubeRefusal,
  type KubeStatus,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { UpstreamError } from '../../http';

/** What a refusal of an API server names besides its sentence; goes to the client with the error, and holds no secret. */
export type KubernetesDetails = Omit<KubeRefusal, 'message'> & {
  cluster: string;
};

/** A resource version, or the next page of a list, that the cluster does not have any more (410). */
export class ResourceExpiredError extends ConflictError {
  constructor(message: string) {
    super(message);
    this.name = 'ConflictError';
  }
}

function errorOf(
  { type, message }: KubeRefusal,
  status: number,
  subject: string,
): Error {
  const text = `${subject}: ${message}`;
  switch (type) {
    case 'invalid':
    case 'policy':
      return new InputError(text);
    case 'notFound':
    case 'notServed':
      return new NotFoundError(text);
    case 'exists':
    case 'changed':
    case 'conflict':
    case 'quota':
    case 'budget':
    case 'terminating':
      return new ConflictError(text);
    case 'expired':
      return new ResourceExpiredError(text);
    case 'permission':
      return new UpstreamError(
        `${text}. Grant it: the manifest of the rights that the portal needs is in its documentation`,
        { reason: 'permission', status },
      );
    case 'credentials':
      return new UpstreamError(
        `${text}. Check the credentials of this cluster in the kubernetes section of the configuration`,
        { reason: 'credentials', status },
      );
    case 'busy':
      return new UpstreamError(text, { reason: 'busy', status });
    default:
      return new UpstreamError(text, { reason: 'failed', status });
  }
}

/**
 * The error for an answer that is no success.
 *
 * @param what - what was asked for: `Deployment shop/web`
 */
export function kubernetesError(
  cluster: string,
  what: string,
  status: KubeStatus,
): Error {
  const refusal = refusalWords(status);
  const { message: _message, ...named } = refusal;
  const details: KubernetesDetails = { cluster, ...named };
  return Object.assign(
    errorOf(refusal, status.code, `Cluster "${cluster}", ${what}`),
    { kubernetes: details },
  );
}

/** What a refusal names, when the error is one of an API server. */
export function kubernetesDetails(
  error: unknown,
): KubernetesDetails | undefined {
  return error instanceof Error && 'kubernetes' in error
    ? (error.kubernetes as KubernetesDetails)
    : undefined;
}
