import type {
  KubeContainer,
  KubeContainerStatus,
  KubeEvent,
  KubePod,
} from '../objects';
import { endingReason, isStartFailure } from './endings';
import { eventContainer, eventTime } from './events';
import { healthReason, type Health, type HealthReason } from './health';
import { imagePullReason } from './images';

/** A container that runs again is shown as troubled for this long after it ended. */
const RECENT_MS = 10 * 60_000;

/** Creation and a first failing readiness probe are normal for this long. */
const CREATION_MS = 2 * 60_000;
const READINESS_MS = 60_000;

/** What is known of a container. */
export interface ContainerView {
  readonly pod: KubePod;
  readonly spec: KubeContainer;
  readonly status: KubeContainerStatus;
  /** events of the pod, the newest first */
  readonly events: readonly KubeEvent[];
  /** milliseconds since 1970 */
  readonly now: number;
}

/** Events of the pod that speak of this container, or of none in particular. */
function own({ events, spec }: ContainerView, ...reasons: string[]) {
  return events.filter(
    event =>
      reasons.includes(event.reason ?? '') &&
      [undefined, spec.name].includes(eventContainer(event)),
  );
}

/** What the kubelet saw of a failing probe, within the last minutes. */
function probeDetail(
  view: ContainerView,
  probe: 'Liveness' | 'Readiness' | 'Startup',
): string | undefined {
  const start = `${probe} probe failed: `;
  const event = own(view, 'Unhealthy').find(({ message }) =>
    message?.startsWith(start),
  );
  if (!event) return undefined;
  const age = view.now - Date.parse(eventTime(event) ?? '');
  return age > RECENT_MS
    ? undefined
    : event.message?.slice(start.length).trim();
}

/** Rows 6 and 7, or the probe that had it killed. */
function endReason(view: ContainerView): HealthReason | undefined {
  const { status, spec } = view;
  const terminated = status.state?.terminated ?? status.lastState?.terminated;
  if (!terminated) return undefined;
  const container = spec.name;
  const asked = [137, 143].includes(terminated.exitCode ?? 0);
  if (asked && terminated.reason !== 'OOMKilled') {
    const startup = probeDetail(view, 'Startup');
    if (startup !== undefined) {
      return startupReason(view, startup);
    }
    const detail = probeDetail(view, 'Liveness');
    if (detail !== undefined) {
      return healthReason(
        'livenessProbe',
        { container, detail },
        { remedy: 'probe' },
      );
    }
  }
  return endingReason(spec, terminated);
}

function startupReason({ spec }: ContainerView, detail: string): HealthReason {
  const { failureThreshold = 3, periodSeconds = 10 } = spec.startupProbe ?? {};
  const seconds = failureThreshold * periodSeconds;
  return healthReason(
    'startupProbe',
    { container: spec.name, seconds, detail },
    { remedy: 'probe' },
  );
}

/** `secret "x" not found`, `couldn't find key k in ConfigMap ns/x`, `… image will run as root`. */
function configurationReason(container: string, message: string): HealthReason {
  const missing = /^(secret|configmap) "([^"]+)" not found/i.exec(message);
  const remedy = 'createReference';
  if (missing) {
    const kind = missing[1].toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
    return healthReason(
      'referenceMissing',
      { kind, name: missing[2] },
      { remedy },
    );
  }
  const key =
    /couldn't find key (\S+) in (Secret|ConfigMap) (?:[^/\s]+\/)?(\S+)/.exec(
      message,
    );
  if (key) {
    return healthReason(
      'referenceKeyMissing',
      { kind: key[2], name: key[3], key: key[1] },
      { remedy },
    );
  }
  return /runAsNonRoot/.test(message)
    ? healthReason('runsAsRoot', { container }, { remedy: 'runAsUser' })
    : healthReason('configuration', { container, message });
}

/** Row 10: volumes and network, of which only events tell. */
function creationReason(view: ContainerView): HealthReason | undefined {
  const event = view.events.find(({ reason }) =>
    [
      'FailedMount',
      'FailedAttachVolume',
      'FailedCreatePodSandBox',
      'NetworkNotReady',
    ].includes(reason ?? ''),
  );
  const message = event?.message?.trim() ?? '';
  if (!event) return undefined;
  if (
    event.reason === 'FailedCreatePodSandBox' ||
    event.reason === 'NetworkNotReady'
  ) {
    const node = view.pod.spec?.nodeName ?? '?';
    return healthReason('noPodNetwork', { node, message });
  }
  const volume = /volume "([^"]+)"/i.exec(message)?.[1] ?? '?';
  if (/Multi-Attach/.test(message)) {
    return healthReason('volumeAttached', { volume });
  }
  const missing =
    /(secret|configmap|persistentvolumeclaim) "([^"]+)" not found/i.exec(
      message,
    );
  const cause = message.split(' : ').pop() ?? message;
  return healthReason(
    'volumeMount',
    { volume, message: cause },
    missing ? { remedy: 'createReference' } : {},
  );
}

/** Rows 1 to 5 and 8 to 10: what a container waits for. */
function waitingHealth(view: ContainerView): Health {
  const { pod, spec, status, now } = view;
  const container = spec.name;
  const image = spec.image ?? status.image ?? '?';
  const { reason, message = '' } = status.state?.waiting ?? {};
  const failed = (why: HealthReason): Health => ({
    status: 'failed',
    reason: why,
  });
  const text = message.trim() || String(reason);
  switch (reason) {
    case 'ImagePullBackOff':
    case 'ErrImagePull':
    case 'RegistryUnavailable': {
      const messages = own(view, 'Failed').map(event => event.message);
      return failed(imagePullReason(image, [message, ...messages]));
    }
    case 'InvalidImageName':
      return failed(
        healthReason('invalidImageName', { image }, { remedy: 'imageName' }),
      );
    case 'ErrImageNeverPull':
      return failed(
        healthReason(
          'imageNeverPull',
          { image, node: pod.spec?.nodeName ?? '?' },
          { remedy: 'pullPolicy' },
        ),
      );
    case 'ImageInspectError':
      return failed(
        healthReason('imageInspect', { image }, { remedy: 'pullAgain' }),
      );
    case 'CrashLoopBackOff':
      return failed(crashReason(view));
    case 'CreateContainerConfigError':
      return failed(configurationReason(container, text));
    case 'CreateContainerError':
      return failed(
        healthReason('createContainer', { container, message: text }),
      );
    case 'PostStartHookError':
      return failed(
        healthReason('hookFailed', {
          container,
          hook: 'postStart',
          message: text,
        }),
      );
    default:
  }
  if (isStartFailure(reason)) {
    return failed(endingReason(spec, { reason, message }));
  }
  const age =
    now -
    Date.parse(pod.status?.startTime ?? pod.metadata.creationTimestamp ?? '');
  const why = creationReason(view);
  if (why) return failed(why);
  return age > CREATION_MS
    ? {
        status: 'failed',
        reason: healthReason('creatingLong', {
          minutes: Math.floor(age / 60_000),
        }),
      }
    : { status: 'progressing', reason: healthReason('starting') };
}

function crashReason(view: ContainerView): HealthReason {
  const { spec, status } = view;
  const last = status.lastState?.terminated;
  const cause = endReason(view);
  const remedy = 'previousLog' as const;
  if (!last)
    return healthReason(
      'crashLoopUnknown',
      { container: spec.name },
      { remedy },
    );
  return healthReason(
    'crashLoop',
    {
      container: spec.name,
      exitCode: last.exitCode ?? 0,
      restarts: status.restartCount ?? 0,
    },
    // Code n is said already; what the container itself said is not.
    { remedy, cause: cause?.code === 'exited' ? cause.cause : cause },
  );
}

/** Rows 11 to 13 of a container that runs, and how it ended shortly before. */
function runningHealth(view: ContainerView): Health {
  const { spec, status, now } = view;
  const container = spec.name;
  const since = status.state?.running?.startedAt;
  const last = status.lastState?.terminated;
  const recently = now - Date.parse(last?.finishedAt ?? '') < RECENT_MS;
  if (status.started === false) {
    const detail = probeDetail(view, 'Startup');
    return detail === undefined || !recently
      ? { status: 'progressing', reason: healthReason('starting'), since }
      : { status: 'failed', reason: startupReason(view, detail), since };
  }
  if (!status.ready) {
    const detail = probeDetail(view, 'Readiness');
    const age = now - Date.parse(since ?? '');
    return detail === undefined
      ? {
          status: 'progressing',
          reason: healthReason('notReady', { container }),
          since,
        }
      : {
          status: age < READINESS_MS ? 'progressing' : 'failed',
          reason: healthReason(
            'readinessProbe',
            { container, detail },
            { remedy: 'probe' },
          ),
          since,
        };
  }
  const failed = last && recently && (last.exitCode !== 0 || last.signal);
  const reason = failed ? endReason(view) : undefined;
  return reason
    ? { status: 'unstable', reason, since }
    : { status: 'ok', since };
}

/** Health of one container of a pod. */
export function containerHealth(view: ContainerView): Health {
  const { terminated, running } = view.status.state ?? {};
  if (terminated) {
    const since = terminated.finishedAt;
    return terminated.exitCode === 0 && !terminated.signal
      ? { status: 'ok', since }
      : { status: 'failed', reason: endReason(view), since };
  }
  return running ? runningHealth(view) : waitingHealth(view);
}
