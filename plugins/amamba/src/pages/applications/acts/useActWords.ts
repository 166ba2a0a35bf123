import {
  actMessages,
  actSentence,
  type ActCode,
  type Consequence,
} from '@amamba/backstage-plugin-amamba-common';
import { useCallback } from 'react';
import { useSentenceLanguage } from '../../../components/Time';

type Words = Omit<Consequence['will'][number], 'sentence'> & {
  sentence?: string;
};

const isKnown = (code: string): code is ActCode =>
  Object.hasOwn(actMessages.en, code);

/**
 * Gives a function that says in the reader's language what an act does, or why it is refused. What the API server says, and what only a
 * newer backend knows, stays as it came.
 */
export function useActWords(): (words: Words) => string {
  const language = useSentenceLanguage();
  return useCallback(
    ({ code, params, sentence }) =>
      isKnown(code)
        ? actSentence({ code, params }, language)
        : (sentence ?? ''),
    [language],
  );
}
