import { en } from '../../translation/en';
import { flatten, type MessageKey } from '../../translation/messages';
import type { Translate } from '../../translation';

const WORDS = en.audit.actions;

type Action = MessageKey<typeof WORDS>;

/** Actions that the audit has words for: those of the translation, `pipeline.create`. */
export const ACTIONS = Object.keys(flatten(WORDS)) as Action[];

/** An action in words; its own name when it is not known here. */
export function actionWord(t: Translate, action: string): string {
  const known = ACTIONS.find(name => name === action);
  return known ? t(`audit.actions.${known}`) : action;
}
