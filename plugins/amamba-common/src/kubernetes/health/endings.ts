import type { KubeContainer, KubeTerminated } from '../objects';
import { describeQuantity } from '../quantities';
import { healthReason, type HealthReason } from './health';

function outOfMemory(container: KubeContainer): HealthReason {
  const limit = container.resources?.limits?.memory;
  const params = { container: container.name };
  return limit === undefined
    ? healthReason('outOfMemoryNoLimit', params, { remedy: 'memoryLimit' })
    : healthReason(
        'outOfMemory',
        { ...params, limit: describeQuantity(limit, 'bytes') },
        { remedy: 'memoryLimit' },
      );
}

/** Exit codes that a shell or the kernel gives a meaning to. */
const BY_CODE = {
  126: 'notExecutable',
  127: 'commandNotFound',
  137: 'killed',
  139: 'segmentationFault',
  143: 'askedToStop',
} as const;

const BY_CODE_REMEDY = {
  126: 'command',
  127: 'command',
  137: 'probe',
  139: 'log',
  143: 'log',
} as const;

function isKnown(code: number): code is keyof typeof BY_CODE {
  return Object.hasOwn(BY_CODE, code);
}

/** Whether the runtime could not even start the command. */
export function isStartFailure(reason: string | undefined): boolean {
  return (
    reason === 'ContainerCannotRun' ||
    reason === 'StartError' ||
    reason === 'RunContainerError'
  );
}

/** Why a container ended with something else than 0. Its own last words, if it left any, are the cause. */
export function endingReason(
  container: KubeContainer,
  { reason, exitCode = 0, signal, message }: KubeTerminated,
): HealthReason {
  const params = { container: container.name };
  if (reason === 'OOMKilled') return outOfMemory(container);
  if (isStartFailure(reason)) {
    return healthReason(
      'cannotStart',
      { ...params, message: message?.trim() || String(reason) },
      { remedy: 'command' },
    );
  }
  const words = message?.trim();
  const cause = words
    ? { cause: healthReason('lastWords', { message: words }) }
    : {};
  const code = exitCode === 0 && signal ? 128 + signal : exitCode;
  return isKnown(code)
    ? healthReason(BY_CODE[code], params, {
        remedy: BY_CODE_REMEDY[code],
        ...cause,
      })
    : healthReason(
        'exited',
        { ...params, exitCode: code },
        { remedy: 'log', ...cause },
      );
}
