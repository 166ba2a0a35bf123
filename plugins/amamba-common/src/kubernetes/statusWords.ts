import {
  decodingProblems,
  fieldProblemText,
  tidyKubeText,
  typedPatchProblems,
  yamlProblem,
  type KubeFieldProblem,
} from './statusCauses';
import { admissionWords } from './statusAdmission';
import type {
  KubeFieldConflict,
  KubeMissingPermission,
  KubeRefusal,
  KubeStatus,
  RefusalWords,
} from './statusTypes';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads an answer that is no success; what is no `Status` (`404 page not found`) becomes its message. */
export function readKubeStatus(code: number, body: string): KubeStatus {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = undefined;
  }
  return isRecord(value) && value.kind === 'Status'
    ? { ...value, code }
    : { code, message: body };
}

const RBAC =
  /(?:User "([^"]*)" )?cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;

/** `deployments.apps`, as RBAC and kubectl name it. */
function resourceName({ resource, group }: KubeMissingPermission): string {
  return group ? `${resource}.${group}` : resource;
}

function permissionWords(message: string): RefusalWords | undefined {
  const match = RBAC.exec(message);
  if (!match) return undefined;
  const [, user, verb, resource, group, namespace] = match;
  const permission = { user, verb, resource, group, namespace };
  const where = namespace
    ? `in namespace ${namespace}`
    : 'in the whole cluster';
  return {
    type: 'permission',
    permission,
    message: `The account ${user ?? 'of the portal'} lacks the right to ${verb} ${resourceName(permission)} ${where}`,
  };
}

function applyConflicts(status: KubeStatus): KubeFieldConflict[] {
  return (status.details?.causes ?? [])
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ message = '', field = '' }) => {
      const [, manager = 'somebody', subresource] =
        /conflict with "([^"]*)"(?: with subresource "([^"]*)")?/.exec(
          message,
        ) ?? [];
      return {
        manager,
        field: field.replace(/^\./, ''),
        ...(subresource && { subresource }),
      };
    });
}

/** Of many only the first stand in a sentence; all are in the lists beside it. */
const NAMED = 5;

function few(texts: readonly string[], separator: string): string {
  const more = texts.length - NAMED;
  const shown = texts.slice(0, NAMED).join(separator);
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function conflictWords(status: KubeStatus): RefusalWords {
  const { message = '', reason } = status;
  const conflicts = applyConflicts(status);
  if (conflicts.length > 0) {
    const managers = [...new Set(conflicts.map(({ manager }) => manager))];
    return {
      type: 'conflict',
      conflicts,
      message: `${few(managers, ', ')} ${managers.length > 1 ? 'own' : 'owns'} ${few(
        conflicts.map(({ field }) => field),
        ', ',
      )}. Leave these fields out, or take them over`,
    };
  }
  if (reason === 'AlreadyExists' || /already exists$/.test(message)) {
    return { type: 'exists', message: `${tidyKubeText(message)}` };
  }
  if (/UID in the precondition/.test(message)) {
    return {
      type: 'changed',
      message: 'It was deleted and created anew meanwhile. Load it again',
    };
  }
  if (/the object has been modified|resourceVersion/i.test(message)) {
    return {
      type: 'changed',
      message: 'It was changed meanwhile. Load it again and repeat the change',
    };
  }
  return { type: 'changed', message: tidyKubeText(message) };
}

function problemsWords(problems: KubeFieldProblem[]): RefusalWords {
  return {
    type: 'invalid',
    problems,
    message: few(
      problems.map(({ field, message }) =>
        field ? `${field}: ${message}` : message,
      ),
      '; ',
    ),
  };
}

const REQUEST_MISTAKES: readonly (readonly [RegExp, string])[] = [
  [
    /^the name of the object \((.*)\) does not match the name on the URL \((.*)\)/,
    'The text names $1, but $2 is being changed. A name cannot be changed: create a new object instead',
  ],
  [
    /^the namespace of the (?:provided )?object does not match the namespace/,
    'The text names another namespace. Remove metadata.namespace, or go to that namespace',
  ],
  [
    /metadata\.managedFields must be nil/,
    'Remove metadata.managedFields: it is written by the cluster',
  ],
];

/** Dumps of the live object stand before what is wrong with it: only the end is for people, and for logs. */
function withoutDump(message: string): string {
  const end = message.lastIndexOf('}": ');
  return end < 0 ? message : message.slice(end + 4);
}

function inputWords(status: KubeStatus): RefusalWords {
  const message = withoutDump(status.message ?? '');
  const causes = (status.details?.causes ?? []).filter(
    ({ field }) => field !== 'patch',
  );
  const problems =
    typedPatchProblems(message) ??
    decodingProblems(message) ??
    (causes.length > 0
      ? causes.map(cause => ({
          field: cause.field || undefined,
          message: fieldProblemText(cause.message ?? cause.reason ?? ''),
        }))
      : undefined);
  if (problems) return problemsWords(problems);
  const yaml = yamlProblem(message);
  if (yaml) return { type: 'invalid', message: yaml };
  for (const [pattern, replacement] of REQUEST_MISTAKES) {
    const found = pattern.exec(message);
    if (found) {
      return {
        type: 'invalid',
        message: found[0].replace(pattern, replacement),
      };
    }
  }
  return {
    type: 'invalid',
    message: tidyKubeText(message),
  };
}

function notFoundWords(status: KubeStatus): RefusalWords {
  const { message = '', details } = status;
  if (
    !details?.name &&
    /^(?:404 page not found|the server could not find the requested resource)/.test(
      message,
    )
  ) {
    return {
      type: 'notServed',
      message: 'The cluster does not serve this kind of object',
    };
  }
  return { type: 'notFound', message: tidyKubeText(message) };
}

function busyWords({ message = '', details }: KubeStatus): RefusalWords {
  const budget = details?.causes?.find(
    ({ reason }) => reason === 'DisruptionBudget',
  );
  if (budget) {
    return {
      type: 'budget',
      message: `${tidyKubeText(budget.message ?? message)}. Wait until more pods are healthy, or change the budget`,
    };
  }
  return { type: 'busy', message: 'The cluster is overloaded. Try again soon' };
}

function words(status: KubeStatus): RefusalWords {
  const { code, message = '' } = status;
  // A 500 without a reason: server-side apply could not read what was sent.
  if (typedPatchProblems(message)) return inputWords(status);
  switch (code) {
    case 401:
      return {
        type: 'credentials',
        message: "The cluster refuses the portal's token",
      };
    case 403:
      return (
        permissionWords(message) ??
        admissionWords(status) ?? {
          type: 'policy',
          message: tidyKubeText(message),
        }
      );
    case 404:
      return notFoundWords(status);
    case 409:
      return conflictWords(status);
    case 410:
      return {
        type: 'expired',
        message: 'The list changed too much meanwhile. Begin again',
      };
    case 400:
    case 405:
    case 406:
    case 415:
    case 422:
      return admissionWords(status) ?? inputWords(status);
    case 413:
      return {
        type: 'invalid',
        message: 'The text is larger than the cluster takes (3 MB)',
      };
    case 429:
      return busyWords(status);
    case 503:
    case 504:
      return {
        type: 'busy',
        message: `The cluster is starting or overloaded${message && `: ${tidyKubeText(message)}`}`,
      };
    default:
      return (
        admissionWords(status) ?? {
          type: 'failed',
          message: tidyKubeText(withoutDump(message)),
        }
      );
  }
}

/**
 * An API server's refusal in words that a person acts on, with the fields, rights and other managers that it names. Dumps of objects, which the
 * server puts into some messages, are cut off: they may hold secrets.
 */
export function refusalWords(status: KubeStatus): KubeRefusal {
  const retry = status.details?.retryAfterSeconds;
  const found = words(status);
  return {
    problems: [],
    conflicts: [],
    ...(retry !== undefined && { retryAfterMs: retry * 1_000 }),
    ...found,
    message: found.message || `The cluster refused it (HTTP ${status.code})`,
  };
}

/** What an API server remarks about a request that it carried out, in the same words; with a dry run these are errors to come. */
export function warningWords(text: string): string {
  return (
    admissionWords({ code: 200, message: text })?.message ?? tidyKubeText(text)
  );
}
