import {
  checkManifests,
  diffManifests,
  type JsonObject,
  type KubeObject,
  type ManifestCheck,
  type ManifestDocument,
  type ManifestProblem,
  type ManifestRules,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import {
  kubernetesDetails,
  type Discovery,
  type ResourceType,
} from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import {
  isRefused,
  problemAt,
  problemOf,
  refusalProblems,
  remarkProblem,
} from './problems';

/** Who writes for the portal; see `FIELD_MANAGER` of the clusters' client. */
export const PORTAL_MANAGER = 'amamba';

/** What must be there before what uses it. */
const ORDER = [
  'Application',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'NetworkPolicy',
  'Service',
];

/** One object that a text wants. */
export interface PlannedObject {
  document: ManifestDocument;
  type: ResourceType;
  /** as it is now; absent: it is new */
  before?: KubeObject;
  /** as the cluster would make it */
  after: KubeObject;
}

/** What a text would do. Nothing has been written. */
export interface ManifestPlan {
  /** in the order in which they are to be written; empty when something is wrong */
  objects: PlannedObject[];
  problems: ManifestProblem[];
}

/** Level of pod security that texts are held to. */
export function securityLevel({
  record,
}: OwnedNamespace): NonNullable<ManifestRules['podSecurity']> {
  return record.podSecurity ?? 'baseline';
}

function rank({ kind }: ManifestDocument): number {
  const at = ORDER.indexOf(kind);
  return at < 0 ? ORDER.length : at;
}

/** Sends a document, or tries it. Fields that the portal itself set by other means are no conflict. */
export async function applyDocument(
  namespace: OwnedNamespace,
  { document, type }: Pick<PlannedObject, 'document' | 'type'>,
  options: { dryRun?: boolean; force?: boolean; text?: string },
) {
  const { text = document.text, ...rest } = options;
  const send = (force: boolean | undefined) =>
    namespace.apply<KubeObject>(type, document.name, text, { ...rest, force });
  try {
    return await send(options.force);
  } catch (error) {
    const conflicts = kubernetesDetails(error)?.conflicts ?? [];
    const isOurs =
      conflicts.length > 0 &&
      conflicts.every(({ manager }) => manager === PORTAL_MANAGER);
    if (!isOurs) throw error;
    return send(true);
  }
}

/** Types of Secrets that belong to others, whatever a text says of them. */
const FOREIGN_SECRETS = [
  'helm.sh/release.v1',
  'kubernetes.io/service-account-token',
];

function isForeignSecret(object: KubeObject | undefined): boolean {
  const { kind, type } = (object ?? {}) as { kind?: string; type?: string };
  return kind === 'Secret' && FOREIGN_SECRETS.includes(type ?? '');
}

function typeOfDocument(
  { apiVersion, kind }: ManifestDocument,
  discovery: Discovery,
): ResourceType | string {
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  const found = discovery.find({ group, kind, version });
  if (found?.namespaced) return found;
  const other = discovery.find({ group, kind });
  if (!other) return `The cluster does not serve ${kind} of ${apiVersion}.`;
  return other.namespaced
    ? `The cluster serves ${kind} as ${group ? `${group}/` : ''}${other.version}, not as ${apiVersion}.`
    : `${kind} belongs to the whole cluster, not to a namespace.`;
}

/** Finds out what a text would do, without writing anything: checks it, then has the cluster try each document. */
export class ManifestPlanner {
  async plan(
    namespace: OwnedNamespace,
    yaml: string,
    options: { force: boolean; object?: ManifestRules['object'] },
  ): Promise<ManifestPlan> {
    const { documents, issues } = checkManifests(yaml, {
      namespace: namespace.name,
      podSecurity: securityLevel(namespace),
      object: options.object,
    });
    const problems = issues.map(problemOf);
    if (isRefused(problems)) return { objects: [], problems };
    const discovery = await namespace.discovery();
    const objects: PlannedObject[] = [];
    for (const document of documents) {
      const type = typeOfDocument(document, discovery);
      if (typeof type === 'string') {
        const path = 'apiVersion';
        problems.push(
          problemAt(document, { message: type, path, kind: 'invalid' }),
        );
      } else {
        const tried = await this.#try(namespace, document, type, options);
        problems.push(...tried.problems);
        if (tried.object) objects.push(tried.object);
      }
    }
    if (isRefused(problems)) return { objects: [], problems };
    objects.sort((a, b) => rank(a.document) - rank(b.document));
    return { objects, problems };
  }

  async #try(
    namespace: OwnedNamespace,
    document: ManifestDocument,
    type: ResourceType,
    { force }: { force: boolean },
  ): Promise<{ object?: PlannedObject; problems: ManifestProblem[] }> {
    const before = await liveObject(namespace, type, document.name);
    if (isForeignSecret(before)) {
      const problem = problemAt(document, {
        message: `Secret ${document.name} belongs to Helm or to a service account.`,
        path: 'metadata.name',
        kind: 'forbidden',
        remedy: 'Use another name.',
      });
      return { problems: [problem] };
    }
    try {
      const { object: after, warnings } = await applyDocument(
        namespace,
        { document, type },
        { dryRun: true, force },
      );
      const level = securityLevel(namespace);
      return {
        object: { document, type, before, after },
        problems: warnings.map(message =>
          remarkProblem(document, message, level),
        ),
      };
    } catch (error) {
      return { problems: refusalProblems(document, error) };
    }
  }
}

/** An object as it is now, if it is there. */
export async function liveObject(
  namespace: OwnedNamespace,
  type: ResourceType,
  name: string,
): Promise<KubeObject | undefined> {
  try {
    return await namespace.get<KubeObject>(type, name);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** A plan as its answer: what would change, and what is wrong. */
export function checkOf({ objects, problems }: ManifestPlan): ManifestCheck {
  return {
    ok: !isRefused(problems),
    problems,
    diff: objects.map(({ document, before, after }) => {
      const { change, hunks } = diffManifests(
        before as JsonObject | undefined,
        after as object as JsonObject,
      );
      return {
        object: `${document.kind}/${document.name}`,
        change,
        hunks: [...hunks],
        warnings: [],
      };
    }),
  };
}
