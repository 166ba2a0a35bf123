/** Pods of a rollout in the words of `kubectl argo rollouts`, which are nearly, but not quite, those of `kubectl get pods`. */
import type { KubePod, KubeTerminated } from '../../kubernetes';

export interface RolloutPodNode {
  readonly name: string;
  readonly uid?: string;
  readonly createdAt?: string;
  /** one word: `Running`, `ImagePullBackOff` */
  readonly reason: string;
  /** containers that are ready, sidecars among the init containers not counted */
  readonly ready: number;
  readonly containers: number;
  readonly restarts: number;
}

function ended({ reason, signal, exitCode = 0 }: KubeTerminated): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

/** The first init container that holds the others up; undefined when none does. `restarts` counts up to and with it. */
function initialization({
  spec,
  status,
}: KubePod): { reason?: string; restarts: number } | undefined {
  const specs = spec?.initContainers ?? [];
  const sidecars = new Set(
    specs
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  );
  let restarts = 0;
  for (const [index, container] of (
    status?.initContainerStatuses ?? []
  ).entries()) {
    const { waiting, terminated } = container.state ?? {};
    restarts += container.restartCount ?? 0;
    if (terminated?.exitCode === 0) continue;
    if (terminated) return { reason: `Init:${ended(terminated)}`, restarts };
    if (sidecars.has(container.name) && container.started) {
      if (container.ready) continue;
      return undefined;
    }
    return {
      reason:
        waiting?.reason && waiting.reason !== 'PodInitializing'
          ? `Init:${waiting.reason}`
          : `Init:${index}/${specs.length}`,
      restarts,
    };
  }
  return undefined;
}

/** The word of the first container that has one, how many are ready, and restarts. */
function running({ status }: KubePod) {
  const found = {
    reason: undefined as string | undefined,
    ready: 0,
    restarts: 0,
  };
  for (const container of [...(status?.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running: runs } = container.state ?? {};
    found.restarts += container.restartCount ?? 0;
    if (waiting?.reason) found.reason = waiting.reason;
    else if (terminated) found.reason = ended(terminated);
    else if (container.ready && runs) found.ready += 1;
  }
  return found;
}

/** One pod of the tree. */
export function podNode(pod: KubePod): RolloutPodNode {
  const { metadata, spec, status } = pod;
  const init = initialization(pod);
  const main = running(pod);
  let reason = status?.reason || status?.phase || 'Unknown';
  if (init) reason = init.reason ?? reason;
  else if (main.reason) reason = main.reason;
  if (reason === 'Completed' && main.ready > 0) reason = 'Running';
  if (metadata.deletionTimestamp) {
    reason = status?.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  }
  return {
    name: metadata.name,
    uid: metadata.uid,
    createdAt: metadata.creationTimestamp,
    reason,
    ready: init ? 0 : main.ready,
    containers: spec?.containers?.length ?? 0,
    restarts: init ? init.restarts : main.restarts,
  };
}
