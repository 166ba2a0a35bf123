import {
  isKubeKind,
  matchesSelector,
  type KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import type { NamespaceObjects } from './gather';
import { templateOf } from './workloads';

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

/** Services that select pods of workloads, Ingresses that lead to those, and what scales or guards them. */
export function attachedTo(
  workloads: readonly KubeObject[],
  objects: NamespaceObjects,
): KubeObject[] {
  const labels = workloads.map(
    workload =>
      (templateOf(workload) as Template | undefined)?.metadata?.labels,
  );
  const services = objects.services.items.filter(({ spec }) => {
    const selector = spec?.selector;
    return (
      selector !== undefined &&
      Object.keys(selector).length > 0 &&
      labels.some(found => matchesSelector({ matchLabels: selector }, found))
    );
  });
  const names = new Set(services.map(({ metadata }) => metadata.name));
  const ingresses = objects.ingresses.items.filter(({ spec }) =>
    [
      spec?.defaultBackend,
      ...(spec?.rules ?? []).flatMap(({ http }) =>
        (http?.paths ?? []).map(({ backend }) => backend),
      ),
    ].some(
      backend => backend?.service && names.has(backend.service.name ?? ''),
    ),
  );
  const autoscalers = objects.autoscalers.items.filter(({ spec }) =>
    workloads.some(
      ({ kind, metadata }) =>
        spec?.scaleTargetRef?.kind === kind &&
        spec.scaleTargetRef.name === metadata.name,
    ),
  );
  const budgets = objects.budgets.items.filter(
    ({ spec }) =>
      spec?.selector &&
      labels.some(found => matchesSelector(spec.selector, found)),
  );
  const claims = objects.claims.items.filter(({ metadata }) =>
    workloads.some(workload => mounts(workload, metadata.name)),
  );
  return [...ingresses, ...services, ...autoscalers, ...budgets, ...claims];
}

interface Volumes {
  readonly spec?: {
    readonly volumes?: readonly {
      readonly persistentVolumeClaim?: { readonly claimName?: string };
    }[];
  };
}

/** Whether pods of a workload mount a claim. */
function mounts(workload: KubeObject, claim: string): boolean {
  const volumes =
    (templateOf(workload) as Volumes | undefined)?.spec?.volumes ?? [];
  const ofSet = isKubeKind(workload, 'StatefulSet')
    ? (workload.spec?.volumeClaimTemplates ?? []).some(({ metadata }) =>
        claim.startsWith(`${metadata?.name}-${workload.metadata.name}-`),
      )
    : false;
  return (
    ofSet ||
    volumes.some(
      ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim,
    )
  );
}
