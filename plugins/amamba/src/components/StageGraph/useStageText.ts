import type { RunStage } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation } from '../../translation';
import { nodeLook, useStatusWord } from '../Status';
import { useDurationText, useNow, useSpokenDuration } from '../Time';
import type { PlacedStage } from './displayTree';

/** What is said about a stage. */
export interface StageText {
  name: string;
  /** `6m 12s`; absent while it has not begun */
  duration?: string;
  /** "Unit tests, failed, 2 min, 3 of 6" */
  label: string;
}

/** Milliseconds that a stage has taken so far; undefined while it has not begun. */
function durationOf(stage: RunStage, now: number): number | undefined {
  if (stage.durationMs !== undefined) return stage.durationMs;
  const running = stage.state === 'running' || stage.state === 'waiting';
  return running && stage.startedAt
    ? now - Date.parse(stage.startedAt)
    : undefined;
}

/**
 * Gives a function that tells about stages.
 * @param live - whether some of them may be running, so that their time goes on
 */
export function useStageText(
  live: boolean,
): (placed: PlacedStage) => StageText {
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  const duration = useDurationText();
  const spoken = useSpokenDuration();
  const now = useNow(live ? 1000 : undefined);
  return ({ stage, position, siblings }) => {
    const name = stage.name || t('components.graph.unnamed');
    const ms = durationOf(stage, now);
    const parts = [
      name,
      word(nodeLook(stage.state).word).toLocaleLowerCase(),
      ...(ms === undefined ? [] : [spoken(ms)]),
      t('components.graph.position', {
        n: String(position),
        of: String(siblings),
      }),
    ];
    return {
      name,
      duration: ms === undefined ? undefined : duration(ms),
      label: parts.join(t('components.graph.separator')),
    };
  };
}
