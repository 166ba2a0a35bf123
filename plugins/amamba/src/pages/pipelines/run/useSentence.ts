import type { RunDetail } from '@amamba/backstage-plugin-amamba-common';
import {
  useDurationText,
  useNow,
  useSpokenDuration,
} from '../../../components/Time';
import { useAmambaTranslation } from '../../../translation';
import { isFinished } from './runScope';

/** A run that takes this much longer than usual is late: runs are never all alike. */
const LATE_FACTOR = 1.2;
const LATE_MS = 10_000;

/** Milliseconds that a run has taken or waited so far. */
function elapsed(run: RunDetail, now: number): number {
  if (run.durationMs !== undefined) return run.durationMs;
  const from = run.startedAt ?? run.queuedAt;
  const to = run.endedAt ? Date.parse(run.endedAt) : now;
  return to - Date.parse(from);
}

/** The answer before all else: what became of the run, where, and how long it took. */
export function useSentence(run: RunDetail): string {
  const { t } = useAmambaTranslation();
  const text = useDurationText();
  const spoken = useSpokenDuration();
  const live = !isFinished(run);
  const now = useNow(live ? 1000 : undefined);
  const took = elapsed(run, now);
  const duration = text(took);
  const { stage, typicalDurationMs: typical } = run;

  const progress = () => {
    if (typical === undefined) return undefined;
    return took <= typical * LATE_FACTOR + LATE_MS
      ? t('runs.sentence.ofTypical', { typical: spoken(typical) })
      : t('runs.sentence.overdue', { over: spoken(took - typical) });
  };
  switch (run.state) {
    case 'queued':
      return [t('runs.sentence.queued', { duration }), run.queueReason]
        .filter(Boolean)
        .join(' ');
    case 'running':
      return [
        stage
          ? t('runs.sentence.runningIn', { stage, duration })
          : t('runs.sentence.running', { duration }),
        progress(),
      ]
        .filter(Boolean)
        .join(t('components.graph.separator'));
    case 'waiting':
      return stage
        ? t('runs.sentence.waitingIn', { stage, duration })
        : t('runs.sentence.waiting', { duration });
    case 'succeeded':
      return t('runs.sentence.succeeded', { duration });
    case 'notBuilt':
      return t('runs.sentence.notBuilt');
    case 'unknown':
      return t('runs.sentence.unknown');
    default:
      return stage
        ? t(`runs.sentence.${run.state}In`, { stage, duration })
        : t(`runs.sentence.${run.state}`, { duration });
  }
}
