import {
  createTranslationRef,
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { en } from './en';

/** All words of the plugin: English by default, Chinese where the portal offers it. */
export const amambaTranslationRef = createTranslationRef({
  id: 'amamba',
  messages: en,
  translations: { zh: () => import('./zh') },
});

/** The function that gives the words of the reader's language. */
export type Translate = TranslationFunction<typeof amambaTranslationRef.T>;

/** Words in the reader's language. */
export function useAmambaTranslation(): { t: Translate } {
  return useTranslationRef(amambaTranslationRef);
}
