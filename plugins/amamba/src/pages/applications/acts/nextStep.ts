import type {
  ActOption,
  ApplicationDetail,
  ApplicationResource,
} from '@amamba/backstage-plugin-amamba-common';

/** What helps an application that is not well. */
export interface NextStep {
  /** the act that the remedy speaks of */
  act: ActOption['act'] | undefined;
  /** what to act on */
  workload: ApplicationResource | undefined;
  /** the pod that fails, with the container whose log says why */
  pod: string | undefined;
  container: string | undefined;
  /** the log of the container that ended before */
  previous: boolean;
  /** there is a log to read */
  logs: boolean;
  /** other workloads that have failed */
  others: number;
}

const ACT_OF: Readonly<Record<string, ActOption['act']>> = {
  imageTag: 'image',
  imageName: 'image',
  rollback: 'rollback',
  resume: 'resume',
  start: 'start',
};

const isUnwell = ({ health }: Pick<ApplicationResource, 'health'>) =>
  health.status !== 'ok';

/** Works out the next step from what is wrong, over all objects of an application. */
export function nextStepOf({
  health,
  resources,
  pods,
}: Pick<ApplicationDetail, 'health' | 'resources' | 'pods'>): NextStep {
  const workloads = resources.filter(({ acts }) => acts.length > 0);
  const unwell = workloads.filter(isUnwell);
  const named = health.reasons.flatMap(({ about }) => about ?? []);
  const workload =
    workloads.find(({ kind, name }) =>
      named.some(about => about.kind === kind && about.name === name),
    ) ??
    unwell[0] ??
    (workloads.length === 1 ? workloads[0] : undefined);
  const pod =
    pods.find(({ name }) => named.some(about => about.name === name)) ??
    pods.find(isUnwell);
  const ended = pod?.containers.find(
    ({ ready, restarts, previous }) => !ready && restarts > 0 && previous,
  );
  const container =
    ended ?? pod?.containers.find(({ ready, init }) => !ready && !init);
  const remedies = health.reasons.flatMap(({ remedy }) => remedy ?? []);
  const remedy = remedies.at(-1);
  return {
    act: remedy ? ACT_OF[remedy] : undefined,
    workload,
    pod: pod?.name,
    container: container?.name,
    previous: ended !== undefined,
    // what never started has written nothing
    logs:
      container !== undefined &&
      (container.restarts > 0 || container.state !== 'waiting'),
    others: Math.max(
      0,
      unwell.filter(resource => resource.health.status === 'failed').length - 1,
    ),
  };
}
