import {
  manifestSentence,
  type ManifestCode,
  type ManifestDocument,
  type ManifestIssue,
  type ManifestProblem,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, InputError } from '@backstage/errors';
import { kubernetesDetails } from '../../clusters';

/** At most this many problems stand in the message of an error. */
const MAX_NAMED = 5;

const ASK_CLUSTER =
  'Leave it out, and ask whoever runs the cluster to create it.';
const ASK_ADMIN =
  'Leave it out, or ask an admin of the workspace to lower the pod security of the namespace.';

const REMEDIES: Partial<Record<ManifestCode, string>> = {
  clusterScoped: ASK_CLUSTER,
  kindNotAllowed: ASK_CLUSTER,
  foreignNamespace: 'Leave metadata.namespace out.',
  externalIps:
    'Leave it out; use an Ingress or a Service of type LoadBalancer.',
  tokenSecret: 'Leave it out; pods get a token of their account by themselves.',
  helmSecret: 'Leave it out; use the pages of the release.',
  ...Object.fromEntries(
    [
      ...[
        'hostNamespace',
        'hostPath',
        'privileged',
        'capabilities',
        'hostPort',
      ],
      ...['procMount', 'seccomp', 'appArmor', 'seLinux', 'sysctl'],
      ...['hostProcess', 'escalation', 'runAsNonRoot', 'dropAll'],
      ...['seccompMissing', 'volumeType'],
    ].map(code => [code, ASK_ADMIN]),
  ),
};

/** What the portal found in a text by itself. */
export function problemOf(issue: ManifestIssue): ManifestProblem {
  const { kind, code, params, path, line, object } = issue;
  return {
    ...{ kind, code, path, line, object },
    params: { ...params },
    message: manifestSentence(issue),
    remedy: kind === 'warning' ? undefined : REMEDIES[code],
  };
}

/** Something wrong with a document, where a field stands in it. */
export function problemAt(
  document: ManifestDocument,
  problem: Omit<ManifestProblem, 'line' | 'object'>,
): ManifestProblem {
  return {
    ...problem,
    object: `${document.kind}/${document.name}`,
    line: document.lineOf(problem.path ?? ''),
  };
}

/** What a cluster says of a document in a dry run besides its answer: with `level` it is what becomes an error later. */
export function remarkProblem(
  document: ManifestDocument,
  message: string,
  level: string,
): ManifestProblem {
  const isRefusal = message.includes(`PodSecurity "${level}:`);
  return problemAt(document, {
    message,
    kind: isRefusal ? 'forbidden' : 'warning',
    remedy: isRefusal ? ASK_ADMIN : undefined,
  });
}

/**
 * Why a cluster refuses a document, field by field.
 * @throws the error itself when it is not about the document: the cluster does not answer, the portal's account may not
 */
export function refusalProblems(
  document: ManifestDocument,
  error: unknown,
): ManifestProblem[] {
  const details = kubernetesDetails(error);
  if (!(error instanceof Error) || !details) throw error;
  const at = (problem: Omit<ManifestProblem, 'line' | 'object'>) =>
    problemAt(document, problem);
  switch (details.type) {
    case 'conflict':
      return details.conflicts.map(({ manager, field, subresource }) =>
        at({
          message: `${manager}${subresource ? ` (${subresource})` : ''} owns ${field} and has another value there.`,
          path: field,
          manager,
          kind: 'conflict',
          remedy: 'Take the value that is there now, or take the field over.',
        }),
      );
    case 'quota':
      return [at({ message: error.message, kind: 'quota' })];
    case 'invalid':
    case 'policy': {
      const kind = details.type === 'policy' ? 'forbidden' : 'invalid';
      if (details.problems.length === 0) {
        return [at({ message: error.message, kind })];
      }
      return details.problems.map(({ field, message }) =>
        at({ message, kind, path: field }),
      );
    }
    case 'exists':
    case 'changed':
    case 'budget':
    case 'terminating':
      return [at({ message: error.message, kind: 'conflict' })];
    case 'notFound':
    case 'notServed':
      return [at({ message: error.message, kind: 'invalid' })];
    default:
      throw error;
  }
}

/** Whether something keeps a text from being sent. */
export function isRefused(problems: readonly ManifestProblem[]): boolean {
  return problems.some(({ kind }) => kind !== 'warning');
}

function sentence({ object, line, path, message, remedy }: ManifestProblem) {
  const place = [object, line && `line ${line}`, path]
    .filter(part => part)
    .join(', ');
  const text = /[.!?]$/.test(message) ? message : `${message}.`;
  return [place && `${place}:`, text, remedy].filter(part => part).join(' ');
}

/** All that is wrong with a text, as the error that answers whoever wanted it sent. */
export function refusal(problems: readonly ManifestProblem[]): Error {
  const wrong = problems.filter(({ kind }) => kind !== 'warning');
  const more = wrong.length - MAX_NAMED;
  const message = [
    ...wrong.slice(0, MAX_NAMED).map(sentence),
    ...(more > 0 ? [`And ${more} more.`] : []),
  ].join(' ');
  const isInput = wrong.some(
    ({ kind }) => kind === 'invalid' || kind === 'forbidden',
  );
  return isInput ? new InputError(message) : new ConflictError(message);
}
