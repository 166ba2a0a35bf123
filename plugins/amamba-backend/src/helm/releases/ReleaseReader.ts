import {
  diffValues,
  toYaml,
  type HelmRelease,
  type HelmRevision,
  type KubeJson,
  type ObjectDiff,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ResourceType } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import { REPOSITORY_LABEL } from '../program/arguments';
import {
  computedValues,
  releaseIn,
  revisionOf,
  type HelmRecord,
  type ReleaseSecret,
} from './decode';
import { diffRendered, maskedManifest, renderedObjects } from './manifests';

const SECRET: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'secrets',
  kind: 'Secret',
  namespaced: true,
};
const TYPE = 'helm.sh/release.v1';
/** Helm keeps ten; a user may have told it to keep more. */
const MAX_REVISIONS = 100;
const BUSY = /^pending-|^uninstalling$/;

/** A release with its revisions, the newest first. */
export interface StoredRelease {
  name: string;
  latest: HelmRecord;
  revisions: readonly HelmRecord[];
  /** that the newest was installed from, when the portal did it */
  repository?: string;
}

/** Whether an operation on the release is under way, or died. */
export function isBusy({ latest }: StoredRelease): boolean {
  return BUSY.test(latest.info.status);
}

/** The newest revision that is deployed, which is not always the newest. */
export function deployedIn(release: StoredRelease): HelmRecord | undefined {
  return release.revisions.find(({ info }) => info.status === 'deployed');
}

/** Reads releases from where Helm keeps them, without the program. */
export class ReleaseReader {
  /** @returns undefined when there is none of that name */
  async find(
    namespace: OwnedNamespace,
    name: string,
  ): Promise<StoredRelease | undefined> {
    const { items } = await namespace.list<ReleaseSecret>(SECRET, {
      labelSelector: `owner=helm,name=${name}`,
      fieldSelector: `type=${TYPE}`,
      limit: MAX_REVISIONS,
    });
    const read = await Promise.all(
      items.map(async secret => ({
        record: await releaseIn(secret),
        labels: secret.metadata.labels,
      })),
    );
    read.sort((a, b) => b.record.version - a.record.version);
    const [newest] = read;
    return (
      newest && {
        name,
        latest: newest.record,
        revisions: read.map(({ record }) => record),
        repository: newest.labels?.[REPOSITORY_LABEL],
      }
    );
  }

  /** @throws NotFoundError */
  async get(namespace: OwnedNamespace, name: string): Promise<StoredRelease> {
    const release = await this.find(namespace, name);
    if (release) return release;
    throw new NotFoundError(
      `There is no release "${name}" in ${namespace.cluster}/${namespace.name}.`,
    );
  }

  /**
   * The release as it was looked at.
   * @throws ConflictError when there is another revision by now
   */
  async getAt(
    namespace: OwnedNamespace,
    name: string,
    basis: number,
  ): Promise<StoredRelease> {
    const release = await this.get(namespace, name);
    if (release.latest.version === basis) return release;
    throw new ConflictError(
      `Release "${name}" is at revision ${release.latest.version} by now, and you looked at ${basis}. Look at it again.`,
    );
  }
}

/** The revision of a number. @throws NotFoundError */
export function revisionIn(
  { name, revisions }: StoredRelease,
  wanted: number,
): HelmRecord {
  const found = revisions.find(({ version }) => version === wanted);
  if (found) return found;
  throw new NotFoundError(`Release "${name}" has no revision ${wanted}.`);
}

/** What a release's page shows besides what is decided elsewhere. */
export function releaseView(
  release: StoredRelease,
): Pick<
  HelmRelease,
  'name' | 'latest' | 'deployed' | 'history' | 'notes' | 'hooks' | 'repository'
> {
  const deployed = deployedIn(release);
  const { latest, name, repository } = release;
  return {
    ...{ name, repository },
    latest: revisionOf(latest),
    deployed: deployed && revisionOf(deployed),
    history: release.revisions.map(revisionOf),
    notes: latest.info.notes || undefined,
    hooks: (latest.hooks ?? []).map(hook => ({
      name: hook.name,
      kind: hook.kind,
      events: hook.events ?? [],
      phase: hook.last_run?.phase || undefined,
    })),
  };
}

/** What a revision holds. @param withValues - for those who may edit */
export function revisionDetail(record: HelmRecord, withValues: boolean) {
  const yaml = (value: KubeJson) =>
    Object.keys(value ?? {}).length > 0 ? toYaml(value) : '';
  return {
    ...(revisionOf(record) satisfies HelmRevision),
    manifest: maskedManifest(record.manifest ?? ''),
    notes: record.info.notes || undefined,
    ...(withValues && {
      values: yaml(record.config ?? {}),
      computedValues: yaml(computedValues(record)),
    }),
  };
}

/** What differs between two revisions. @param withValues - for those who may edit */
export function compareRevisions(
  from: HelmRecord,
  to: HelmRecord,
  withValues: boolean,
): { items: ObjectDiff[]; values: ObjectDiff[] } {
  const objects = ({ manifest }: HelmRecord) =>
    renderedObjects(manifest ?? '').objects;
  const hunks = withValues
    ? diffValues(from.config ?? {}, to.config ?? {})
    : [];
  return {
    items: diffRendered(objects(from), objects(to)),
    values:
      hunks.length > 0
        ? [{ object: 'values', change: 'update', hunks, warnings: [] }]
        : [],
  };
}
