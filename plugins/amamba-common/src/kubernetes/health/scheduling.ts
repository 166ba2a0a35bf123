import { kubeCondition, type KubeEvent, type KubePod } from '../objects';
import { describeQuantity, parseQuantity, quantityUnit } from '../quantities';
import { healthReason, type Health, type HealthReason } from './health';

/** What the scheduler says of a pod that fits nowhere. */
export interface SchedulingFailure {
  readonly available: number;
  readonly nodes: number;
  readonly reasons: readonly {
    readonly count: number;
    readonly text: string;
  }[];
  /** what it says about making room */
  readonly preemption?: string;
}

/**
 * Reads `0/N nodes are available: <count> <reason>, <count> <reason>. preemption: …`.
 * @returns undefined for a message of another shape, such as one about a volume claim
 */
export function readSchedulingFailure(
  message: string,
): SchedulingFailure | undefined {
  const head = /^(\d+)\/(\d+) nodes are available: /.exec(message);
  if (!head) return undefined;
  const rest = message.slice(head[0].length);
  const cut = rest.indexOf('. preemption:');
  const list = (cut < 0 ? rest : rest.slice(0, cut)).trim().replace(/\.$/, '');
  const reasons = list.split(/, (?=\d+ )/).map(part => {
    const [, count = '0', text] = /^(?:(\d+) )?(.*)$/s.exec(part) ?? [];
    return { count: Number(count), text: text ?? '' };
  });
  const preemption =
    cut < 0 ? '' : rest.slice(cut + '. preemption:'.length).trim();
  return {
    available: Number(head[1]),
    nodes: Number(head[2]),
    reasons,
    ...(preemption && { preemption }),
  };
}

/** What all containers of a pod ask for together, in words. */
function requested(pod: KubePod, resource: string): string | undefined {
  let sum = 0n;
  for (const { resources } of pod.spec?.containers ?? []) {
    const value = resources?.requests?.[resource];
    sum += (value !== undefined && parseQuantity(value)) || 0n;
  }
  return sum === 0n
    ? undefined
    : describeQuantity(sum, quantityUnit(resource)).replace(/ CPU$/, '');
}

function insufficient(pod: KubePod, resource: string): HealthReason {
  const request = requested(pod, resource);
  return request === undefined
    ? healthReason('insufficientAny', { resource }, { remedy: 'request' })
    : healthReason(
        'insufficient',
        { resource, request },
        { remedy: 'request' },
      );
}

function selector(pod: KubePod): HealthReason {
  const labels = Object.entries(pod.spec?.nodeSelector ?? {});
  return labels.length === 0
    ? healthReason('nodeAffinity', {}, { remedy: 'nodeLabels' })
    : healthReason(
        'nodeSelector',
        { selector: labels.map(pair => pair.join('=')).join(', ') },
        { remedy: 'nodeLabels' },
      );
}

type Rule = readonly [
  RegExp,
  (pod: KubePod, match: RegExpExecArray) => HealthReason,
];

/** Reasons of the scheduler, the ones that most often decide first. */
const RULES: readonly Rule[] = [
  [/^Insufficient (\S+)/, (pod, match) => insufficient(pod, match[1])],
  [/didn't match Pod's node affinity\/selector/, selector],
  [
    /untolerated taint|had taint/,
    () => healthReason('taint', {}, { remedy: 'toleration' }),
  ],
  [
    /pod (?:anti-)?affinity rules|pod \(anti-\)affinity|existing pods anti-affinity|pod affinity\/anti-affinity/,
    () => healthReason('podAffinity', {}, { remedy: 'spread' }),
  ],
  [
    /topology spread constraints \(missing required label\)/,
    () => healthReason('topologyLabel', {}, { remedy: 'nodeLabels' }),
  ],
  [
    /topology spread constraints/,
    () => healthReason('topologySpread', {}, { remedy: 'spread' }),
  ],
  [
    /persistentvolumeclaim "([^"]+)" not found/,
    (_pod, match) =>
      healthReason(
        'claimMissing',
        { claim: match[1] },
        { remedy: 'createReference' },
      ),
  ],
  [
    /unbound immediate PersistentVolumeClaims/,
    () => healthReason('claimUnbound'),
  ],
  [/no available volume zone/, () => healthReason('volumeZone')],
  [
    /PersistentVolume's node affinity|volume node affinity conflict/,
    () => healthReason('volumeNode'),
  ],
  [/exceed max volume count/, () => healthReason('volumeLimit')],
  [/already in-use by another pod/, () => healthReason('volumeInUse')],
  [
    /didn't have free ports/,
    () => healthReason('hostPort', {}, { remedy: 'spread' }),
  ],
  [/were unschedulable/, () => healthReason('cordoned')],
  [/Too many pods/, () => healthReason('nodesFull', {}, { remedy: 'request' })],
];

/** Why no node takes a pod, from the scheduler's message. */
export function schedulingReason(pod: KubePod, message: string): HealthReason {
  const texts = readSchedulingFailure(message)?.reasons.map(({ text }) => text);
  for (const [shape, reason] of RULES) {
    for (const text of texts ?? [message]) {
      const match = shape.exec(text);
      if (match) return reason(pod, match);
    }
  }
  return healthReason('unschedulable', { message: message.trim() });
}

/**
 * Health of a pod that has no node yet.
 * @param events - those of the pod; without them the condition has to do
 * @param now - milliseconds since 1970
 */
export function pendingHealth(
  pod: KubePod,
  events: readonly KubeEvent[],
  now: number,
): Health {
  const scheduled = kubeCondition(pod.status?.conditions, 'PodScheduled');
  const since = scheduled?.lastTransitionTime ?? pod.metadata.creationTimestamp;
  if (scheduled?.reason === 'SchedulingGated') {
    const gate =
      pod.spec?.schedulingGates?.map(({ name }) => name).join(', ') ?? '?';
    return {
      status: 'paused',
      reason: healthReason('schedulingGated', { gate }),
      since,
    };
  }
  const message =
    (scheduled?.status === 'False' && scheduled.message) ||
    events.find(({ reason }) => reason === 'FailedScheduling')?.message;
  if (message) {
    return { status: 'failed', reason: schedulingReason(pod, message), since };
  }
  const scheduler = pod.spec?.schedulerName ?? 'default-scheduler';
  const age = now - Date.parse(pod.metadata.creationTimestamp ?? '');
  if (!scheduled && scheduler !== 'default-scheduler' && age > 30_000) {
    return {
      status: 'failed',
      reason: healthReason('noScheduler', { scheduler }),
      since,
    };
  }
  return { status: 'progressing', reason: healthReason('scheduling'), since };
}
