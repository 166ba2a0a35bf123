import { kubeCondition, type KubePod, type KubeTerminated } from './objects';

function ended({ reason, signal, exitCode }: KubeTerminated): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`;
}

/** The word of the first init container that has not done its part; undefined when all have. */
function initPhrase(pod: KubePod): string | undefined {
  const specs = pod.spec?.initContainers ?? [];
  const statuses = pod.status?.initContainerStatuses ?? [];
  for (const [index, { name, state, started }] of statuses.entries()) {
    const { terminated, waiting } = state ?? {};
    if (terminated?.exitCode === 0) continue;
    const sidecar =
      specs.find(spec => spec.name === name)?.restartPolicy === 'Always';
    if (sidecar && started) continue;
    if (terminated) return `Init:${ended(terminated)}`;
    return waiting?.reason && waiting.reason !== 'PodInitializing'
      ? `Init:${waiting.reason}`
      : `Init:${index}/${specs.length}`;
  }
  return undefined;
}

/** The word of the first container that has one, with `Completed` only when nothing runs any more. */
function containerPhrase(pod: KubePod): string | undefined {
  const statuses = pod.status?.containerStatuses ?? [];
  let word: string | undefined;
  for (const { state } of statuses) {
    word =
      state?.waiting?.reason || (state?.terminated && ended(state.terminated));
    if (word) break;
  }
  if (word !== 'Completed') return word;
  if (!statuses.some(({ ready, state }) => ready && state?.running)) {
    return word;
  }
  const ready = kubeCondition(pod.status?.conditions, 'Ready');
  return ready?.status === 'True' ? 'Running' : 'NotReady';
}

/** One word for a pod: what `kubectl get pods` writes under STATUS. */
export function podPhrase(pod: KubePod): string {
  const { phase = 'Unknown', reason, conditions } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp) {
    if (reason === 'NodeLost') return 'Unknown';
    if (phase !== 'Succeeded' && phase !== 'Failed') return 'Terminating';
  }
  const init = initPhrase(pod);
  const initialized =
    kubeCondition(conditions, 'Initialized')?.status === 'True';
  const container =
    init === undefined || initialized ? containerPhrase(pod) : undefined;
  const gated =
    kubeCondition(conditions, 'PodScheduled')?.reason === 'SchedulingGated';
  return (
    container ??
    init ??
    (gated ? 'SchedulingGated' : undefined) ??
    (reason || phase)
  );
}

/** How many containers of a pod are ready, sidecars included: what `kubectl get pods` writes under READY. */
export function podReadiness(pod: KubePod): { ready: number; total: number } {
  const sidecars = new Set(
    (pod.spec?.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  );
  const statuses = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []).filter(({ name }) =>
      sidecars.has(name),
    ),
  ];
  return {
    ready: statuses.filter(({ ready, state }) => ready && state?.running)
      .length,
    total:
      (pod.spec?.containers?.length ??
        pod.status?.containerStatuses?.length ??
        0) + sidecars.size,
  };
}

/** How often containers of a pod were started anew. */
export function podRestarts(pod: KubePod): number {
  return [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ].reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}
