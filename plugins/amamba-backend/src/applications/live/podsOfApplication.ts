import type { KubePod } from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import type { ApplicationOfCaller } from '../ApplicationAccess';
import { podsOf } from '../read/workloads';

type Found = Pick<ApplicationOfCaller, 'entry' | 'view'>;

/** Pods of all workloads of an application. */
export function allPods({ entry, view }: Found): KubePod[] {
  return entry.workloads.flatMap(workload => [
    ...podsOf(workload, view.objects),
  ]);
}

/** One of its pods. @throws NotFoundError */
export function podNamed(found: Found, name: string): KubePod {
  const pod = allPods(found).find(({ metadata }) => metadata.name === name);
  if (!pod) {
    throw new NotFoundError(`${found.entry.name} has no pod "${name}".`);
  }
  return pod;
}

/**
 * Name of one of a pod's containers.
 * @param name - absent: the first one that is no init container
 * @throws NotFoundError
 */
export function containerNamed(pod: KubePod, name?: string): string {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const found =
    name === undefined
      ? containers[0]
      : [...containers, ...initContainers].find(each => each.name === name);
  if (!found) {
    throw new NotFoundError(
      `Pod "${pod.metadata.name}" has no container "${name ?? ''}".`,
    );
  }
  return found.name;
}
