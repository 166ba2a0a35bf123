import {
  AppRootElementBlueprint,
  appLanguageApiRef,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';

const STORAGE_KEY = 'language';

/** A browser that prefers Chinese gets Chinese, until its user chooses. */
export function preferBrowserLanguage(): void {
  const preferred = navigator.languages.find(tag => /^(?:zh|en)\b/i.test(tag));
  if (!localStorage.getItem(STORAGE_KEY) && preferred) {
    localStorage.setItem(STORAGE_KEY, preferred.slice(0, 2).toLowerCase());
  }
}

/** Keeps the document's language right, for screen readers and line breaking. */
function DocumentLanguage() {
  const languages = useApi(appLanguageApiRef);
  useEffect(() => {
    const subscription = languages.language$().subscribe(({ language }) => {
      document.documentElement.lang = language;
    });
    document.documentElement.lang = languages.getLanguage().language;
    return () => subscription.unsubscribe();
  }, [languages]);
  return null;
}

/** What the portal does about languages. */
export const languageModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    AppRootElementBlueprint.make({
      name: 'document-language',
      params: { element: <DocumentLanguage /> },
    }),
  ],
});
