import {
  createTranslationRef,
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { glance } from './en/glance';

/** Words of states, times and the card: what stands on pages of others too. */
export const amambaGlanceTranslationRef = createTranslationRef({
  id: 'amamba.glance',
  messages: glance,
  translations: { zh: () => import('./zh/glance') },
});

/** Words of states, times and the card in the reader's language. */
export function useGlanceTranslation(): {
  t: TranslationFunction<(typeof amambaGlanceTranslationRef)['T']>;
} {
  return useTranslationRef(amambaGlanceTranslationRef);
}
