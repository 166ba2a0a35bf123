import type { ClusterSetup } from '@amamba/backstage-plugin-amamba-common';
import { promises as fs } from 'fs';
import { z } from 'zod';

/** Status file of a local control plane, as far as it is read here. */
const statusSchema = z.object({
  phase: z.enum(['off', 'building', 'starting', 'ready', 'failed', 'stopped']),
  message: z.string().default(''),
  step: z
    .object({ number: z.number(), of: z.number(), name: z.string() })
    .optional(),
  remainingSeconds: z.number().optional(),
});

const NONE: ClusterSetup = { state: 'none' };

function toSetup(status: z.infer<typeof statusSchema>): ClusterSetup {
  const { phase, message, step, remainingSeconds } = status;
  if (phase === 'off') return { ...NONE, problem: message || undefined };
  if (phase === 'ready') return { state: 'ready' };
  if (phase === 'failed' || phase === 'stopped') {
    return { state: 'failed', problem: message };
  }
  return {
    state: phase,
    step: step?.name,
    index: step?.number,
    of: step?.of,
    remainingMs:
      remainingSeconds === undefined
        ? undefined
        : Math.max(0, Math.round(remainingSeconds * 1000)),
  };
}

/**
 * How the clusters of a development machine are coming up.
 * @param file - where whoever starts them says it; absent in a portal that has clusters of its own
 */
export async function readClusterSetup(
  file: string | undefined,
): Promise<ClusterSetup> {
  if (!file) return NONE;
  try {
    const text = await fs.readFile(file, 'utf8');
    const status = statusSchema.safeParse(JSON.parse(text));
    return status.success ? toSetup(status.data) : NONE;
  } catch {
    // Not written yet: the clusters have not begun to come up.
    return NONE;
  }
}
