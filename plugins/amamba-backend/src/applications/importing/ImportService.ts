import {
  isKubeName,
  type KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, InputError } from '@backstage/errors';
import { kinds } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import { nameOf } from '../deletion/planDeletion';
import type { NamespaceView } from '../read/ApplicationIndex';
import { attachedTo } from '../read/attached';
import { isPeoples } from '../read/compose';
import { APPLICATION_VERSION, groupSpec, PART_OF_LABEL } from '../read/groups';
import { rootWorkloads } from '../read/workloads';
import { setPartOf } from './setPartOf';

/** Workloads to make an application of. */
export interface ImportRequest {
  name: string;
  description: string;
  /** `Deployment/shop` */
  workloads: readonly string[];
}

/** Workloads of a namespace that belong to no application. */
export function importable({ entries }: NamespaceView): KubeObject[] {
  return entries
    .filter(({ kind }) => kind !== 'application' && kind !== 'helm')
    .flatMap(({ workloads }) => workloads);
}

/**
 * Makes applications of workloads that run already: they and what belongs to them alone get the label `app.kubernetes.io/part-of`, and an
 * Application finds them by it. Where the cluster has no such kind, the label alone says it. No pod is touched.
 */
export class ImportService {
  /** @returns names of the objects that belong to the application now */
  async import(
    namespace: OwnedNamespace,
    view: NamespaceView,
    request: ImportRequest,
  ): Promise<string[]> {
    const parts = partsFor(view, request);
    const discovery = await namespace.discovery();
    const { group, version, kind } = kinds.applications;
    const isServed = discovery.find({ group, version, kind }) !== undefined;
    const label = (object: KubeObject, dryRun: boolean) =>
      setPartOf(namespace, object, request.name, {
        dryRun,
        description: isServed ? undefined : request.description,
      });
    if (isServed) await createGroup(namespace, request, true);
    for (const part of parts) await label(part, true);

    const made = isServed
      ? await createGroup(namespace, request, false)
      : undefined;
    const done: KubeObject[] = [];
    try {
      for (const part of parts) {
        await label(part, false);
        done.push(part);
      }
    } catch (error) {
      for (const part of done) {
        const before = part.metadata.labels?.[PART_OF_LABEL] ?? null;
        await setPartOf(namespace, part, before, {}).catch(() => {});
      }
      if (made) {
        await namespace.delete(kinds.applications, made.metadata.name, {
          uid: made.metadata.uid,
          propagation: 'Orphan',
        });
      }
      throw error;
    }
    return parts.map(nameOf);
  }
}

/** The workloads that are named, and what belongs to them alone. */
function partsFor(
  view: NamespaceView,
  { name, workloads }: ImportRequest,
): KubeObject[] {
  if (!isKubeName('labelValue', name)) {
    throw new InputError(
      'name: At most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit.',
    );
  }
  if (
    view.entries.some(
      entry => entry.kind === 'application' && entry.name === name,
    )
  ) {
    throw new ConflictError(
      `There is an application "${name}" already. Choose another name.`,
    );
  }
  const free = importable(view);
  const chosen = [...new Set(workloads)].map(wanted => {
    const found = free.find(workload => nameOf(workload) === wanted);
    if (found) return found;
    throw new InputError(
      `workloads: ${wanted} is no workload here that belongs to no application yet.`,
    );
  });
  const others = rootWorkloads(view.objects).filter(
    root => !chosen.includes(root),
  );
  const shared = new Set(attachedTo(others, view.objects));
  const attached = attachedTo(chosen, view.objects).filter(
    part =>
      isPeoples(part) &&
      !shared.has(part) &&
      part.metadata.labels?.[PART_OF_LABEL] === undefined,
  );
  return [...chosen, ...attached];
}

async function createGroup(
  namespace: OwnedNamespace,
  { name, description }: ImportRequest,
  dryRun: boolean,
): Promise<KubeObject> {
  const { object } = await namespace.create<KubeObject>(
    kinds.applications,
    {
      apiVersion: APPLICATION_VERSION,
      kind: 'Application',
      metadata: { name, labels: { [PART_OF_LABEL]: name } },
      spec: groupSpec(name, description),
    },
    { dryRun },
  );
  return object;
}
