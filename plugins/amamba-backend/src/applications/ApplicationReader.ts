import {
  diffValues,
  groupEvents,
  isJsonObject,
  templateManifest,
  toYamlDocuments,
  type EventRow,
  type JsonObject,
  type KubeEvent,
  type KubeObject,
  type Manifest,
  type ObjectDiff,
  type Revision,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import type { ApplicationOfCaller } from './ApplicationAccess';
import type { ManifestTexts } from './manifests/ManifestTexts';
import { EVENT, objectOf, typeOf, type ObjectNames } from './objectTypes';
import { partsOf } from './read/compose';
import { podsOf } from './read/workloads';
import { instant } from './view';
import { readRevisions, revisionRow } from './workloads/revisions';

/** Events of a namespace that are looked through. */
const MAX_EVENTS = 2_000;
const MAX_ROWS = 500;

const asJson = (object: KubeObject): JsonObject => {
  const json: unknown = object;
  if (isJsonObject(json as JsonObject)) return json as JsonObject;
  throw new Error('A Kubernetes object is a JSON object');
};

/** Reads what the watch caches do not keep: events, revisions, whole manifests. */
export class ApplicationReader {
  readonly #texts: ManifestTexts;

  constructor(options: { texts: ManifestTexts }) {
    this.#texts = options.texts;
  }

  /** Events of its objects and pods, alike ones together, the newest first. */
  async events(found: ApplicationOfCaller): Promise<EventRow[]> {
    const { namespace, entry, view } = found;
    const items = await namespace.listUpTo<KubeEvent>(EVENT, MAX_EVENTS);
    const objects = [
      ...partsOf(entry, view.objects),
      ...entry.workloads.flatMap(workload => [
        ...podsOf(workload, view.objects),
        ...view.objects.replicaSets.ownedBy(workload.metadata.uid ?? ''),
        ...view.objects.jobs.ownedBy(workload.metadata.uid ?? ''),
      ]),
    ];
    const known = new Set(
      objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    );
    const own = items.filter(({ involvedObject: { kind, name } }) =>
      known.has(`${kind}/${name}`),
    );
    return groupEvents(own)
      .slice(0, MAX_ROWS)
      .map((group, i) => ({
        id: String(i),
        object: `${group.object.kind}/${group.object.name}`,
        type: group.type === 'Warning' ? 'Warning' : 'Normal',
        reason: group.reason,
        message: group.message,
        count: group.count,
        firstAt: group.first && instant(group.first),
        lastAt: instant(group.last),
        source: group.component,
      }));
  }

  /** Revisions of all its workloads, the newest first. */
  async revisions({
    namespace,
    entry,
  }: ApplicationOfCaller): Promise<Revision[]> {
    const all = await Promise.all(
      entry.workloads.map(async workload => {
        const read = await readRevisions(namespace, workload);
        return (read?.revisions ?? []).map(revision =>
          revisionRow(workload, revision),
        );
      }),
    );
    return all.flat().sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** What differs between two revisions of a workload. @throws NotFoundError */
  async compare(
    { namespace, entry }: ApplicationOfCaller,
    { from, to }: { from: string; to: string },
  ): Promise<ObjectDiff[]> {
    for (const workload of entry.workloads) {
      const read = await readRevisions(namespace, workload);
      const [a, b] = [from, to].map(id =>
        read?.candidates.find(({ metadata }) => metadata.name === id),
      );
      if (a && b) {
        const hunks = diffValues(templateIn(asJson(a)), templateIn(asJson(b)));
        return [
          {
            object: `${workload.kind}/${workload.metadata.name}`,
            change: hunks.length > 0 ? 'update' : 'none',
            hunks,
            warnings: [],
          },
        ];
      }
    }
    throw new NotFoundError(
      `${entry.name} has no revisions "${from}" and "${to}" of one workload.`,
    );
  }

  /** The manifest of one of its objects, as its author wrote it where that is known; the values of Secrets are masked. */
  async manifest(
    { namespace, entry, view }: ApplicationOfCaller,
    names: ObjectNames,
  ): Promise<Manifest> {
    const found = objectOf(entry, view, names);
    const object = await namespace.get<KubeObject>(
      typeOf(found),
      found.metadata.name,
    );
    return this.#texts.manifestOf(namespace, object);
  }

  /** Its manifests without what ties them to this place, as one text to start another from. */
  async export({
    namespace,
    entry,
    view,
  }: ApplicationOfCaller): Promise<string> {
    const parts = [
      ...(entry.application ? [entry.application] : []),
      ...partsOf(entry, view.objects),
    ];
    const objects: JsonObject[] = [];
    for (const part of parts) {
      const object = await namespace.get<KubeObject>(
        typeOf(part),
        part.metadata.name,
      );
      objects.push(templateManifest(asJson(object)));
    }
    return toYamlDocuments(objects);
  }
}

/** The template in a ReplicaSet or ControllerRevision. */
function templateIn(object: JsonObject): JsonObject {
  const { spec, data } = object;
  const holder = isJsonObject(data) ? data.spec : spec;
  const template = isJsonObject(holder) ? holder.template : undefined;
  return isJsonObject(template) ? template : {};
}
