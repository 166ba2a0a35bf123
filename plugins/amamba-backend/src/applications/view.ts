import {
  actOffers,
  actSentence,
  healthAnswer,
  isKubeKind,
  podHealth,
  podPhrase,
  type ApplicationResource as ResourceRow,
  type ApplicationSummary,
  type HealthAnswer,
  type KubeObject,
  type KubePod,
  type PodSummary,
} from '@amamba/backstage-plugin-amamba-common';
import type { RowsStatus } from '../clusters';
import type { OwnedNamespace } from '../namespaces';
import { factsOf } from './facts';
import type { ApplicationEntry } from './read/ApplicationEntry';
import type { NamespaceView } from './read/ApplicationIndex';
import { leastCurrent } from './read/gather';
import { healthOf, replicasOf, templateOf } from './read/workloads';

const EPOCH = new Date(0).toISOString();

/** A time of Kubernetes as the contract has it. */
export function instant(time: string | undefined): string {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? EPOCH : new Date(at).toISOString();
}

/** How old rows are, in milliseconds; 0 while they are watched. */
export function ageOf(status: RowsStatus, now: number): number {
  return status.state === 'live' || !status.asOf
    ? 0
    : Math.max(0, now - status.asOf.getTime());
}

/** A row of the list. */
export function summaryOf(
  namespace: OwnedNamespace,
  view: NamespaceView,
  entry: ApplicationEntry,
  now: number,
): ApplicationSummary {
  return {
    workspace: namespace.workspace.name,
    cluster: namespace.cluster,
    namespace: namespace.name,
    environment: namespace.environment,
    kind: entry.kind,
    name: entry.name,
    title: entry.title,
    health: healthAnswer(entry.health),
    ready: entry.ready,
    desired: entry.desired,
    images: [...entry.images],
    version: entry.version,
    managedBy: entry.managedBy,
    createdAt: instant(entry.createdAt),
    ageMs: ageOf(leastCurrent(view.objects), now),
  };
}

const containerState = (
  state: Readonly<Record<string, unknown>> | undefined,
): PodSummary['containers'][number]['state'] => {
  if (state?.running) return 'running';
  if (state?.waiting) return 'waiting';
  return state?.terminated ? 'terminated' : 'unknown';
};

/** A pod as lists show it. */
export function podOf(pod: KubePod, now: number): PodSummary {
  const { metadata, spec, status } = pod;
  const containers = [
    ...(spec?.initContainers ?? []).map(container => ({
      container,
      init: true,
      all: status?.initContainerStatuses,
    })),
    ...(spec?.containers ?? []).map(container => ({
      container,
      init: false,
      all: status?.containerStatuses,
    })),
  ].map(({ container, init, all }) => {
    const found = all?.find(({ name }) => name === container.name);
    return {
      name: container.name,
      image: container.image ?? '',
      init,
      ready: found?.ready ?? false,
      restarts: found?.restartCount ?? 0,
      previous: found?.lastState?.terminated !== undefined,
      state: containerState({ ...found?.state }),
    };
  });
  return {
    name: metadata.name,
    phrase: podPhrase(pod),
    health: healthAnswer(podHealth(pod, { now })),
    ready: containers.filter(({ init, ready }) => !init && ready).length,
    containers,
    node: spec?.nodeName,
    ip: status?.podIP,
    owner: metadata.ownerReferences?.find(({ controller }) => controller)?.name,
    createdAt: instant(metadata.creationTimestamp),
  };
}

/** Addresses of an application, from its Ingresses. */
export function linksOf(
  parts: readonly KubeObject[],
): { title: string; url: string }[] {
  return parts.flatMap(part => {
    if (!isKubeKind(part, 'Ingress')) return [];
    const secure = new Set(
      (part.spec?.tls ?? []).flatMap(({ hosts }) => hosts ?? []),
    );
    return (part.spec?.rules ?? []).flatMap(({ host }) =>
      host && !host.startsWith('*')
        ? [
            {
              title: host,
              url: `${secure.has(host) ? 'https' : 'http'}://${host}`,
            },
          ]
        : [],
    );
  });
}

/** One object of an application, with what can be done to it. */
export function resourceOf(
  object: KubeObject,
  view: NamespaceView,
  now: number,
): ResourceRow {
  const template = templateOf(object);
  const replicas = replicasOf(object);
  const scales =
    isKubeKind(object, 'Deployment') ||
    isKubeKind(object, 'StatefulSet') ||
    isKubeKind(object, 'DaemonSet');
  const health: HealthAnswer = healthAnswer(
    healthOf(object, view.objects, now),
  );
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    uid: object.metadata.uid,
    health,
    facts: factsOf(object),
    ...(scales ? replicas : {}),
    containers: template && [
      ...(template.spec?.containers ?? []).map(({ name, image }) => ({
        ...{ name, image: image ?? '', init: false },
      })),
      ...(template.spec?.initContainers ?? []).map(({ name, image }) => ({
        ...{ name, image: image ?? '', init: true },
      })),
    ],
    acts: actOffers(object).map(({ act, refusal }) => ({
      act,
      possible: !refusal,
      why: refusal && actSentence(refusal),
      refusal: refusal && { code: refusal.code, params: { ...refusal.params } },
    })),
    createdAt: instant(object.metadata.creationTimestamp),
  };
}
