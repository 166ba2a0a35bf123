import type { EngineHealth } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';

/** Gives a function that says in a line how an engine is. */
export function useEngineText(): (engine: EngineHealth) => string {
  const { t } = useAmambaTranslation();
  return ({ version, latencyMs, queue, executors }) =>
    [
      version,
      latencyMs !== undefined &&
        t('admin.facts.milliseconds', { ms: String(latencyMs) }),
      queue !== undefined && t('admin.line.queue', { queue: String(queue) }),
      executors &&
        t('admin.line.executors', {
          busy: String(executors.busy),
          total: String(executors.total),
        }),
    ]
      .filter(Boolean)
      .join(t('admin.comma'));
}
