import {
  diffManifests,
  isJsonObject,
  manifestFindings,
  manifestKindVerdict,
  manifestSentence,
  pathText,
  type JsonObject,
  type KubeObject,
  type ManifestProblem,
  type ObjectDiff,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError, toError } from '@backstage/errors';
import {
  kubernetesDetails,
  type Discovery,
  type ServedResource,
} from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import type { RenderedObject } from './manifests';

const MANAGER = 'helm';
const ASK =
  'Switch it off in the values, choose another chart, or ask a platform engineer.';
/** Name under which a hook is tried while one of its own name is there. */
const TRIAL = 'amamba-trial';

/** What would become of an object, and what stands in its way. */
export interface CheckedObject {
  diff?: ObjectDiff;
  problems: ManifestProblem[];
}

/**
 * Asks the cluster what would become of one object of a release. Nothing is written.
 * @param how.force - whether fields of others are taken
 * @param how.isHook - hooks are made anew each time
 */
export async function checkObject(
  namespace: OwnedNamespace,
  discovery: Discovery,
  rendered: RenderedObject,
  how: { force: boolean; isHook: boolean },
): Promise<CheckedObject> {
  const { title, apiVersion, kind, name, object } = rendered;
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  const type = discovery.find({ group, version, kind });
  const problems = type
    ? objections(rendered, type, namespace.name)
    : [
        problemOf(title, `The cluster has no ${kind} of ${apiVersion}.`, {
          remedy: 'A platform engineer has to install what brings it.',
        }),
      ];
  if (!type || problems.length > 0) return { problems };
  try {
    const live = await find(namespace, type, name);
    if (how.isHook && live) {
      return await checkHookAgain(namespace, type, rendered);
    }
    const { after, warnings, conflicts } = await dryRun(
      ...([namespace, type, name, object, how.force] as const),
    );
    const { change, hunks } = diffManifests(live, after);
    return {
      diff: { object: title, change, hunks: [...hunks], warnings },
      problems: conflicts.map(conflict => conflictOf(title, conflict)),
    };
  } catch (cause) {
    return { problems: refusalsOf(title, toError(cause)) };
  }
}

/** What is wrong with an object whatever the cluster says. */
function objections(
  { title, apiVersion, kind, namespace, object }: RenderedObject,
  type: ServedResource,
  own: string,
): ManifestProblem[] {
  const verdict = manifestKindVerdict(apiVersion, kind);
  if (!type.namespaced || verdict === 'clusterScoped') {
    const message = `${title} belongs to the whole cluster, not to a namespace.`;
    return [problemOf(title, message, { remedy: ASK })];
  }
  if (verdict === 'kindOfPortal') {
    const message = `${title} is for the portal to set; a release may not.`;
    return [problemOf(title, message, { remedy: ASK })];
  }
  if (namespace && namespace !== own) {
    const message = `${title} is to be in namespace ${namespace}; a release stays in its own.`;
    return [problemOf(title, message, { remedy: ASK })];
  }
  return manifestFindings(object)
    .filter(({ level }) => level === 'always')
    .map(finding =>
      problemOf(title, `${title}: ${manifestSentence(finding)}`, {
        path: pathText(finding.path),
        remedy: ASK,
      }),
    );
}

const asJson = (object: object) => object as JsonObject;

async function find(
  namespace: OwnedNamespace,
  type: ServedResource,
  name: string,
): Promise<JsonObject | undefined> {
  try {
    return asJson(await namespace.get<KubeObject>(type, name));
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Applies as Helm would. Where others own fields they are named, and what would come of it is shown all the same. */
async function dryRun(
  namespace: OwnedNamespace,
  type: ServedResource,
  name: string,
  object: JsonObject,
  force: boolean,
) {
  const apply = (taken: boolean) =>
    namespace.apply<KubeObject>(type, name, JSON.stringify(object), {
      ...{ dryRun: true, manager: MANAGER, force: taken },
    });
  try {
    const { object: after, warnings } = await apply(force);
    return { after: asJson(after), warnings, conflicts: [] };
  } catch (error) {
    const conflicts = kubernetesDetails(error)?.conflicts ?? [];
    if (conflicts.length === 0) throw error;
    const { object: after, warnings } = await apply(true);
    return { after: asJson(after), warnings, conflicts };
  }
}

/** A hook of which one is there from the time before: Helm deletes that first, unless the chart says otherwise. */
async function checkHookAgain(
  namespace: OwnedNamespace,
  type: ServedResource,
  { title, object }: RenderedObject,
): Promise<CheckedObject> {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const annotations = isJsonObject(metadata.annotations)
    ? metadata.annotations
    : {};
  const policy = String(
    annotations['helm.sh/hook-delete-policy'] ?? 'before-hook-creation',
  );
  if (!policy.includes('before-hook-creation')) {
    const message = `${title} is there from the time before, and the chart does not say that it may be replaced.`;
    const remedy = `Delete ${title}, and do this again.`;
    return {
      problems: [problemOf(title, message, { kind: 'conflict', remedy })],
    };
  }
  const trial = { ...object, metadata: { ...metadata, name: TRIAL } };
  const { warnings } = await dryRun(
    ...([namespace, type, TRIAL, trial, true] as const),
  );
  const { hunks } = diffManifests(undefined, object);
  return {
    diff: { object: title, change: 'create', hunks: [...hunks], warnings },
    problems: [],
  };
}

function problemOf(
  object: string,
  message: string,
  more: Partial<ManifestProblem>,
): ManifestProblem {
  return { message, object, kind: 'forbidden', ...more };
}

function conflictOf(
  object: string,
  { manager, field }: { manager: string; field: string },
): ManifestProblem {
  return problemOf(
    object,
    `${object}: ${manager} manages ${field}, which the chart sets.`,
    {
      ...{ kind: 'conflict', path: field, manager },
      remedy:
        'Take the fields over with "force conflicts", or leave them out of the values.',
    },
  );
}

const KINDS: Readonly<Record<string, ManifestProblem['kind']>> = {
  quota: 'quota',
  permission: 'forbidden',
  policy: 'forbidden',
};

function refusalsOf(object: string, error: Error): ManifestProblem[] {
  const kind = KINDS[kubernetesDetails(error)?.type ?? ''] ?? 'invalid';
  return [problemOf(object, error.message, { kind })];
}
