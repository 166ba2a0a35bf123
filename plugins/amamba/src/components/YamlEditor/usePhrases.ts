import { useMemo } from 'react';
import { useAmambaTranslation } from '../../translation';

/** The words of the editor's own controls in the reader's language, by its English ones. */
export function usePhrases(): Readonly<Record<string, string>> {
  const { t } = useAmambaTranslation();
  return useMemo(
    () => ({
      Find: t('yaml.search.find'),
      Replace: t('yaml.search.replace'),
      next: t('yaml.search.next'),
      previous: t('yaml.search.previous'),
      all: t('yaml.search.all'),
      'match case': t('yaml.search.matchCase'),
      'by word': t('yaml.search.byWord'),
      regexp: t('yaml.search.regexp'),
      replace: t('yaml.search.replace'),
      'replace all': t('yaml.search.replaceAll'),
      close: t('yaml.search.close'),
      'current match': t('yaml.search.current'),
      'on line': t('yaml.search.onLine'),
      'Go to line': t('yaml.search.goToLine'),
      go: t('yaml.search.go'),
      'Fold line': t('yaml.fold'),
      'Unfold line': t('yaml.unfold'),
      'folded code': t('yaml.folded'),
      unfold: t('yaml.unfold'),
    }),
    [t],
  );
}
