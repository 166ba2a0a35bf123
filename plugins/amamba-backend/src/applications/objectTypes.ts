import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import { apiVersionOf, kinds, type ResourceType } from '../clusters';
import type { ApplicationEntry } from './read/ApplicationEntry';
import type { NamespaceView } from './read/ApplicationIndex';
import { partsOf } from './read/compose';
import { APPLICATION_KINDS } from './read/gather';

const TYPES: readonly ResourceType[] = Object.values(APPLICATION_KINDS);

/** Revisions of StatefulSets and DaemonSets. */
export const CONTROLLER_REVISION: ResourceType = {
  group: 'apps',
  version: 'v1',
  plural: 'controllerrevisions',
  kind: 'ControllerRevision',
  namespaced: true,
};
export const EVENT: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
};

/** How the API addresses the kind of an object that applications are made of. @throws NotFoundError */
export function typeOf({
  apiVersion,
  kind,
}: Pick<KubeObject, 'apiVersion' | 'kind'>): ResourceType {
  const found = TYPES.find(
    type => type.kind === kind && apiVersionOf(type) === apiVersion,
  );
  if (found) return found;
  throw new NotFoundError(`Applications have no ${kind} of ${apiVersion}.`);
}

/** Names of an object of an application, as they stand in a query. */
export interface ObjectNames {
  apiVersion?: string;
  objectKind?: string;
  objectName?: string;
}

/** The object that represents an application when none is named. */
function mainObject(entry: ApplicationEntry): KubeObject | undefined {
  return entry.application ?? entry.workloads[0];
}

/**
 * An object of an application. Names are no authority: what is no part of it is not found.
 * @throws NotFoundError
 */
export function objectOf(
  entry: ApplicationEntry,
  view: NamespaceView,
  names: ObjectNames,
): KubeObject {
  const { objectKind, objectName, apiVersion } = names;
  const found =
    objectKind === undefined && objectName === undefined
      ? mainObject(entry)
      : [
          ...(entry.application ? [entry.application] : []),
          ...partsOf(entry, view.objects),
        ].find(
          ({ kind, metadata, apiVersion: version }) =>
            kind === objectKind &&
            metadata.name === objectName &&
            (apiVersion === undefined || version === apiVersion),
        );
  if (found) return found;
  throw new NotFoundError(
    `${entry.name} has no ${objectKind ?? 'object'} "${objectName ?? ''}".`,
  );
}

/** A workload of an application. @throws NotFoundError */
export function workloadOf(
  entry: ApplicationEntry,
  names: { kind: string; name: string },
): KubeObject {
  const found = entry.workloads.find(
    ({ kind, metadata }) => kind === names.kind && metadata.name === names.name,
  );
  if (found) return found;
  throw new NotFoundError(
    `${entry.name} has no ${names.kind} "${names.name}".`,
  );
}

export const POD: ResourceType = kinds.pods;
