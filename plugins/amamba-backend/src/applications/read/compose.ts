import {
  applicationStatus,
  healthReason,
  isApplicationPart,
  worstHealth,
  type ApplicationKind,
  type Health,
  type KubeApplication,
  type KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import type { ApplicationEntry, ReleaseHead } from './ApplicationEntry';
import type { NamespaceObjects } from './gather';
import { attachedTo } from './attached';
import { labelledGroups } from './groups';
import { healthOf, imagesOf, replicasOf, rootWorkloads } from './workloads';

const RELEASE_ANNOTATION = 'meta.helm.sh/release-name';
const EPOCH = new Date(0).toISOString();

/** Kinds of plain workloads by kind of object. */
const PLAIN: Readonly<Record<string, ApplicationKind>> = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  CronJob: 'cronjob',
  Job: 'job',
};

/** Helm's states of a release that need no look at its workloads. */
const BUSY: Health = {
  status: 'progressing',
  reason: healthReason('releaseBusy'),
};
const RELEASE_HEALTH: Readonly<Record<string, Health>> = {
  failed: { status: 'failed', reason: healthReason('releaseFailed') },
  'pending-install': BUSY,
  'pending-upgrade': BUSY,
  'pending-rollback': BUSY,
  uninstalling: BUSY,
  uninstalled: { status: 'missing', reason: healthReason('releaseGone') },
};

type Judge = (object: KubeObject) => Health;

/** Everything in a namespace that may be a part of an Application. */
export function partCandidates(objects: NamespaceObjects): KubeObject[] {
  const lists: readonly (readonly KubeObject[])[] = [
    objects.ingresses.items,
    objects.services.items,
    objects.deployments.items,
    objects.statefulSets.items,
    objects.daemonSets.items,
    objects.cronJobs.items,
    objects.jobs.items,
    objects.autoscalers.items,
    objects.budgets.items,
    objects.claims.items,
    objects.configMaps.items,
    objects.secrets.items,
  ];
  return lists.flat();
}

/** Whether it belongs to people: releases of Helm and what every namespace has are the books of others. */
export function isPeoples({ kind, metadata }: KubeObject): boolean {
  const { name, labels, ownerReferences } = metadata;
  const isRelease =
    kind === 'Secret' &&
    (labels?.owner === 'helm' || name.startsWith('sh.helm.release.'));
  const isUsual = kind === 'ConfigMap' && name === 'kube-root-ca.crt';
  const isMade = (ownerReferences ?? []).some(({ controller }) => controller);
  return !isRelease && !isUsual && !isMade;
}

/** Who manages objects besides the portal, when they say. */
function managerOf(objects: readonly KubeObject[]): string | undefined {
  for (const { metadata } of objects) {
    if (
      metadata.annotations?.['argocd.argoproj.io/tracking-id'] ||
      metadata.labels?.['argocd.argoproj.io/instance']
    ) {
      return 'argocd';
    }
  }
  return undefined;
}

function sum(workloads: readonly KubeObject[]) {
  const replicas = workloads.map(replicasOf);
  return {
    ready: replicas.reduce((all, { ready }) => all + ready, 0),
    desired: replicas.reduce((all, { desired }) => all + desired, 0),
    images: [...new Set(workloads.flatMap(imagesOf))],
  };
}

function plain(workload: KubeObject, judge: Judge): ApplicationEntry {
  const { metadata, kind } = workload;
  return {
    kind: PLAIN[kind],
    name: metadata.name,
    title: metadata.name,
    workloads: [workload],
    health: judge(workload),
    ...sum([workload]),
    version: metadata.labels?.['app.kubernetes.io/version'],
    managedBy: managerOf([workload]),
    createdAt: metadata.creationTimestamp ?? EPOCH,
    labels: metadata.labels ?? {},
  };
}

/** An Application without its own controller: its parts are found by its selector. */
function native(
  group: KubeApplication,
  application: KubeApplication | undefined,
  candidates: readonly KubeObject[],
  roots: readonly KubeObject[],
  judge: Judge,
): ApplicationEntry {
  const parts = candidates.filter(object => isApplicationPart(group, object));
  const { health } = applicationStatus(
    group,
    parts.map(object => ({ object, health: judge(object) })),
  );
  const members = new Set(parts);
  const workloads = roots.filter(root => members.has(root));
  const { metadata, spec } = group;
  return {
    kind: 'application',
    name: metadata.name,
    title: metadata.annotations?.['amamba.io/title'] ?? metadata.name,
    ...{ workloads, group, application },
    health,
    ...sum(workloads),
    version: spec?.descriptor?.version,
    managedBy: managerOf([group, ...workloads]),
    createdAt: metadata.creationTimestamp ?? EPOCH,
    labels: metadata.labels ?? {},
  };
}

/** Objects of an application: its parts, and what belongs to its workloads. */
export function partsOf(
  { kind, name, group, workloads }: ApplicationEntry,
  objects: NamespaceObjects,
): KubeObject[] {
  const candidates = partCandidates(objects);
  if (group) {
    return candidates.filter(object => isApplicationPart(group, object));
  }
  if (kind === 'helm') {
    return candidates.filter(
      ({ metadata }) => metadata.annotations?.[RELEASE_ANNOTATION] === name,
    );
  }
  return [...attachedTo(workloads, objects), ...workloads];
}

/** The newest revision of each release, from the labels of their Secrets. */
export function releaseHeads(objects: NamespaceObjects): ReleaseHead[] {
  const heads = new Map<string, ReleaseHead>();
  for (const { metadata } of objects.secrets.items) {
    const { owner, name, version, status } = metadata.labels ?? {};
    const revision = Number(version);
    if (owner === 'helm' && name && Number.isSafeInteger(revision)) {
      const known = heads.get(name);
      if (!known || revision > known.revision) {
        heads.set(name, {
          name,
          revision,
          status: status ?? 'unknown',
          secret: metadata.name,
          createdAt: known?.createdAt ?? metadata.creationTimestamp,
        });
      }
    }
  }
  return [...heads.values()].filter(({ status }) => status !== 'superseded');
}

function helm(
  release: ReleaseHead,
  workloads: readonly KubeObject[],
  judge: Judge,
): ApplicationEntry {
  const health: Health = RELEASE_HEALTH[release.status] ??
    worstHealth(workloads.map(judge)) ?? { status: 'ok' };
  return {
    kind: 'helm',
    name: release.name,
    title: release.name,
    workloads,
    release,
    health,
    ...sum(workloads),
    version: workloads[0]?.metadata.labels?.['helm.sh/chart'],
    managedBy: managerOf(workloads),
    createdAt: release.createdAt ?? EPOCH,
    labels: {},
  };
}

/**
 * Everything that runs in a namespace: Applications with their parts, Helm releases with what they made, and the
 * workloads that belong to neither.
 * @param now - milliseconds since 1970
 */
export function composeApplications(
  objects: NamespaceObjects,
  now: number,
): ApplicationEntry[] {
  const known = new Map<KubeObject, Health>();
  const judge: Judge = object => {
    const health = known.get(object) ?? healthOf(object, objects, now);
    known.set(object, health);
    return health;
  };
  const roots = rootWorkloads(objects);
  const candidates = partCandidates(objects);
  const natives = [
    ...objects.applications.items.map(application =>
      native(application, application, candidates, roots, judge),
    ),
    ...labelledGroups(objects, roots).map(group =>
      native(group, undefined, candidates, roots, judge),
    ),
  ];
  const releases = releaseHeads(objects).map(release =>
    helm(
      release,
      roots.filter(
        ({ metadata }) =>
          metadata.annotations?.[RELEASE_ANNOTATION] === release.name,
      ),
      judge,
    ),
  );
  const taken = new Set(
    [...natives, ...releases].flatMap(({ workloads }) => workloads),
  );
  return [
    ...natives,
    ...releases,
    ...roots.filter(root => !taken.has(root)).map(root => plain(root, judge)),
  ];
}
