import type {
  ApplicationKey,
  TerminalEnd,
} from '@amamba/backstage-plugin-amamba-common';
import type { AuditDetails } from '../../audit';
import type { TerminalSession } from './TerminalSession';

/** An application as the trail names it. */
export function auditedObject({
  cluster,
  namespace,
  name,
}: Omit<ApplicationKey, 'kind'>) {
  return { kind: 'application', name: `${cluster}/${namespace}/${name}` };
}

/** How a terminal ended, for the trail. What was typed and printed is no part of it. */
export function endDetails(
  { place }: TerminalSession,
  { reason, code }: TerminalEnd,
): AuditDetails {
  return {
    pod: place.pod,
    container: place.container,
    openedBy: place.owner,
    reason,
    ...(code === undefined ? {} : { code }),
  };
}
