import type {
  KubePod,
  PodLogQuery,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError, NotFoundError } from '@backstage/errors';
import type { ApplicationOfCaller } from '../ApplicationAccess';
import { allPods, podNamed } from './podsOfApplication';

/** Pods whose logs are read together. */
export const MAX_PODS = 20;
/** Containers of them: each is a connection to the cluster. */
export const MAX_CONTAINERS = 60;

/** A container whose log is read. */
export interface LogContainer {
  pod: string;
  /** of the pod */
  uid: string;
  container: string;
}

/** Those that run first, then the newest. */
function byInterest(a: KubePod, b: KubePod): number {
  const isOver = ({ status }: KubePod) =>
    status?.phase === 'Succeeded' || status?.phase === 'Failed' ? 1 : 0;
  const created = ({ metadata }: KubePod) => metadata.creationTimestamp ?? '';
  return isOver(a) - isOver(b) || created(b).localeCompare(created(a));
}

/** Containers of a pod that a query asks for. */
function containersOf(
  { metadata, spec, status }: KubePod,
  { container, previous }: Pick<PodLogQuery, 'container' | 'previous'>,
): LogContainer[] {
  const { containers = [], initContainers = [] } = spec ?? {};
  const asked = container
    ? [...containers, ...initContainers].filter(
        ({ name }) => name === container,
      )
    : containers;
  const states = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
  ];
  const ranBefore = (name: string) => {
    const state = states.find(each => each.name === name);
    return Boolean(state?.lastState?.terminated ?? state?.restartCount);
  };
  return asked
    .filter(({ name }) => !previous || ranBefore(name))
    .map(({ name }) => ({
      pod: metadata.name,
      uid: metadata.uid ?? '',
      container: name,
    }));
}

/**
 * Containers of an application that a query fits now; none when it has none such.
 * @throws NotFoundError for a pod that it does not have
 */
export function containersNow(
  found: Pick<ApplicationOfCaller, 'entry' | 'view'>,
  query: Pick<PodLogQuery, 'pods' | 'container' | 'previous'>,
): LogContainer[] {
  const pods = query.pods
    ? [...new Set(query.pods)].map(name => podNamed(found, name))
    : allPods(found).sort(byInterest).slice(0, MAX_PODS);
  return pods.flatMap(pod => containersOf(pod, query)).slice(0, MAX_CONTAINERS);
}

/**
 * Containers of an application whose logs are asked for.
 * @throws InputError for too many pods, NotFoundError for a pod or container that it does not have
 */
export function chooseContainers(
  found: Pick<ApplicationOfCaller, 'entry' | 'view'>,
  query: PodLogQuery,
): LogContainer[] {
  const { pods, container } = query;
  if (pods && pods.length > MAX_PODS) {
    throw new InputError(
      `query.pods: at most ${MAX_PODS} pods are read together.`,
    );
  }
  const isUnknown =
    container !== undefined &&
    allPods(found).length > 0 &&
    containersNow(found, { pods, container }).length === 0;
  if (isUnknown) {
    throw new NotFoundError(
      `No pod of ${found.entry.name} that was asked for has a container "${container}".`,
    );
  }
  return containersNow(found, query);
}
