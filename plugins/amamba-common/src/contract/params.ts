import { z } from 'zod';
import { workspaceNameSchema } from './primitives';

/** Path parameters of what belongs to a workspace. */
export const inWorkspace = z.object({ workspace: workspaceNameSchema });

const entitySegment = z
  .string()
  .max(63)
  .regex(/^[A-Za-z0-9_.-]+$/);

/** Path parameters of what belongs to a catalog entity. */
export const ofEntity = z.object({
  kind: entitySegment,
  namespace: entitySegment,
  name: entitySegment,
});
