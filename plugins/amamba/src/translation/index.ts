import {
  createTranslationRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { en } from './en';

/** All words of the plugin: English by default, Chinese where the portal offers it. */
export const amambaTranslationRef = createTranslationRef({
  id: 'amamba',
  messages: en,
  translations: { zh: () => import('./zh') },
});

/** The function that gives the words of the reader's language. */
export type Translate = ReturnType<typeof useAmambaTranslation>['t'];

/** Words in the reader's language. */
export function useAmambaTranslation() {
  return useTranslationRef(amambaTranslationRef);
}
