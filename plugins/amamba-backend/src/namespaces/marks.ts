import type { KubeNamespace } from '@amamba/backstage-plugin-amamba-common';
import { createHash } from 'crypto';
import type { NamespaceRecord } from './records';

/** Label that views select namespaces by: a hash, because a group's reference does not fit into a label. */
export const WORKSPACE_LABEL = 'amamba.io/workspace';
/** Annotation with the group's full reference, for people. */
export const WORKSPACE_REF_ANNOTATION = 'amamba.io/workspace-ref';
export const ENVIRONMENT_LABEL = 'amamba.io/environment';
const ENFORCE_LABEL = 'pod-security.kubernetes.io/enforce';
const WARN_LABEL = 'pod-security.kubernetes.io/warn';

/** Value of {@link WORKSPACE_LABEL} for a workspace. */
export function workspaceLabel(workspaceRef: string): string {
  return createHash('sha256').update(workspaceRef).digest('hex').slice(0, 16);
}

/** Labels that the portal sets on a namespace by itself. */
export function ownLabels(
  record: Pick<NamespaceRecord, 'workspaceRef' | 'environment' | 'podSecurity'>,
): Record<string, string> {
  return {
    [WORKSPACE_LABEL]: workspaceLabel(record.workspaceRef),
    ...(record.environment ? { [ENVIRONMENT_LABEL]: record.environment } : {}),
    ...(record.podSecurity
      ? {
          [ENFORCE_LABEL]: record.podSecurity,
          [WARN_LABEL]: 'restricted',
        }
      : {}),
  };
}

/** Labels that belong to somebody else than the person who edits the namespace. */
export function isReservedLabel(key: string): boolean {
  const [prefix] = key.split('/');
  return (
    key.includes('/') &&
    (prefix === 'amamba.io' || /(?:^|\.)(?:kubernetes|k8s)\.io$/.test(prefix))
  );
}

/** The workspace that a namespace in the cluster says it belongs to, as the label has it. */
export function markedOwner(namespace: KubeNamespace): string | undefined {
  return namespace.metadata.labels?.[WORKSPACE_LABEL];
}

/** Labels that are the user's own. */
export function userLabels(namespace: KubeNamespace): Record<string, string> {
  return Object.fromEntries(
    Object.entries(namespace.metadata.labels ?? {}).filter(
      ([key]) => !isReservedLabel(key),
    ),
  );
}
