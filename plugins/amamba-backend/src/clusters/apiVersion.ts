import type { ResourceType } from './client/types';

/** `apps/v1`, `v1` */
export function apiVersionOf({
  group,
  version,
}: Pick<ResourceType, 'group' | 'version'>): string {
  return group ? `${group}/${version}` : version;
}
