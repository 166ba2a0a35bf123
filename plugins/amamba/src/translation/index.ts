import {
  createTranslationRef,
  useTranslationRef,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import { en } from './en';
import type { TranslateOf } from './translate';

/** All words of the plugin: English by default, Chinese where the portal offers it. */
export const amambaTranslationRef = createTranslationRef({
  id: 'amamba',
  messages: en,
  translations: { zh: () => import('./zh') },
});

/** The same without its keys: the framework's own types compare every message with every key, which takes the compiler minutes. */
const untypedRef: TranslationRef<
  string,
  Record<string, string>
> = amambaTranslationRef;

/** The function that gives the words of the reader's language. */
export type Translate = TranslateOf<typeof en>;

/** Words in the reader's language. */
export function useAmambaTranslation(): { t: Translate } {
  return useTranslationRef(untypedRef);
}
