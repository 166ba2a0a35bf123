import {
  isKubeKind,
  type KubeHorizontalPodAutoscaler,
  type KubeObject,
} from '../objects';
import { planSuspend, planTrigger } from './jobs';
import { refuse, type ActResult, type ActWords } from './plan';
import { planScale, planStart, planStop } from './scaling';
import {
  planImages,
  planPause,
  planRestart,
  planRollback,
  type ImageChange,
  type KubeRevision,
} from './templates';

export { actMessages, type ActCode } from './messages';
export {
  actSentence,
  actWords,
  managerWarnings,
  type ActPlan,
  type ActResult,
  type ActWords,
  type KubePatchType,
  type KubeWrite,
} from './plan';
export { autoscalerOf, REPLICAS_ANNOTATION } from './scaling';
export type { ImageChange, KubeRevision, KubeRevisioned } from './templates';

/** An act on a workload, with what it needs. */
export type KubeAct =
  | { readonly act: 'scale'; readonly replicas: number }
  | { readonly act: 'restart' }
  | { readonly act: 'stop' }
  | { readonly act: 'start' }
  | { readonly act: 'pause' }
  | { readonly act: 'resume' }
  | { readonly act: 'image'; readonly images: readonly ImageChange[] }
  | { readonly act: 'rollback'; readonly revision: KubeRevision }
  | { readonly act: 'trigger' }
  | { readonly act: 'suspend' }
  | { readonly act: 'unsuspend' };

/** The name of an act. */
export type KubeActName = KubeAct['act'];

/** What is looked at beside the workload. */
export interface ActContext {
  /** RFC 3339 */
  readonly now: string;
  /** five lower case letters or digits, new each time */
  readonly suffix: string;
  readonly autoscalers?: readonly KubeHorizontalPodAutoscaler[];
}

/**
 * Plans an act: which requests to send, what they will do, and what to look out for; or why it is refused. Bodies are those of kubectl.
 * @param object - the workload as it is now
 */
export function planAct(
  object: KubeObject,
  act: KubeAct,
  { now, suffix, autoscalers = [] }: ActContext,
): ActResult {
  const { metadata, kind } = object;
  if (metadata.deletionTimestamp) {
    return refuse('beingDeleted', { name: metadata.name });
  }
  if (
    isKubeKind(object, 'Deployment') ||
    isKubeKind(object, 'StatefulSet') ||
    isKubeKind(object, 'ReplicaSet')
  ) {
    switch (act.act) {
      case 'scale':
        return planScale(object, act.replicas, autoscalers);
      case 'stop':
        return planStop(object, autoscalers);
      case 'start':
        return planStart(object, autoscalers);
      default:
    }
  }
  if (
    isKubeKind(object, 'Deployment') ||
    isKubeKind(object, 'StatefulSet') ||
    isKubeKind(object, 'DaemonSet')
  ) {
    switch (act.act) {
      case 'restart':
        return planRestart(object, now);
      case 'image':
        return planImages(object, act.images);
      case 'rollback':
        return planRollback(object, act.revision);
      default:
    }
  }
  if (
    isKubeKind(object, 'Deployment') &&
    (act.act === 'pause' || act.act === 'resume')
  ) {
    return planPause(object, act.act === 'pause');
  }
  if (isKubeKind(object, 'CronJob') && act.act === 'trigger') {
    return planTrigger(object, suffix);
  }
  if (
    (isKubeKind(object, 'CronJob') || isKubeKind(object, 'Job')) &&
    (act.act === 'suspend' || act.act === 'unsuspend')
  ) {
    return planSuspend(object, act.act === 'suspend');
  }
  return refuse('notForKind', { kind });
}

const ACTS: readonly KubeActName[] = [
  'scale',
  'restart',
  'stop',
  'start',
  'pause',
  'resume',
  'image',
  'rollback',
  'trigger',
  'suspend',
  'unsuspend',
];

/** Acts that ask for more than a click: they are possible when the kind has them. */
function probe(act: KubeActName, object: KubeObject): KubeAct {
  switch (act) {
    case 'scale':
      return { act, replicas: -1 };
    case 'image':
      return { act, images: [] };
    case 'rollback':
      return { act, revision: { ...object, kind: 'Nothing' } };
    default:
      return { act };
  }
}

/** Whether an act is offered for an object, and why not. */
export interface ActOffer {
  readonly act: KubeActName;
  /** why it can't be done now */
  readonly refusal?: ActWords;
}

/** Refusals that only speak of what was not asked yet. */
const OPEN = ['sameImages', 'foreignRevision'];

/** The acts that a kind has, each with why it can't be done now. */
export function actOffers(object: KubeObject): ActOffer[] {
  const context = { now: '', suffix: '' };
  return ACTS.flatMap((act): ActOffer[] => {
    const result = planAct(object, probe(act, object), context);
    if (!('refusal' in result) || OPEN.includes(result.refusal.code)) {
      return [{ act }];
    }
    return result.refusal.code === 'notForKind'
      ? []
      : [{ act, refusal: result.refusal }];
  });
}
