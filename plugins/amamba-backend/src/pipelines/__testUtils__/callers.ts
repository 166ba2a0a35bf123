import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { sharedRooms, type OnePolicy } from '../../__testUtils__/callers';
import type { AuditStore } from '../../audit';
import {
  createPipelinesRoom,
  type PipelinesRoom,
} from '../createPipelinesRoom';
import type { FakeEngine } from './FakeEngine';
import type { Stores } from './room';

/** The whole room for callers, with a policy that says the same to every question, and the trail that it leaves. */
export function roomForCallers(
  on: Stores,
  engine: FakeEngine,
  policy: OnePolicy = AuthorizeResult.ALLOW,
): { room: PipelinesRoom; trail: AuditStore } {
  const { trail, ...shared } = sharedRooms(on.database, policy);
  const room = createPipelinesRoom({
    ...shared,
    ...{ engines: [engine], eventSources: new Map() },
  });
  return { room, trail };
}
