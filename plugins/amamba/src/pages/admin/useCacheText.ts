import type { ClusterHealth } from '@amamba/backstage-plugin-amamba-common';
import { formatBytes } from '../../components/Bytes';
import { useDurationText, useLanguage } from '../../components/Time';
import { useAmambaTranslation } from '../../translation';
import { cacheOf } from './health';

/** Gives a function that says how much is kept of a cluster, and how old it is. */
export function useCacheText(): (
  cluster: Pick<ClusterHealth, 'watches'>,
) => string {
  const { t } = useAmambaTranslation();
  const language = useLanguage();
  const duration = useDurationText();
  return cluster => {
    const { objects, bytes, ageMs } = cacheOf(cluster);
    if (cluster.watches.length === 0) return t('admin.facts.emptyCache');
    return t('admin.facts.cacheText', {
      objects: new Intl.NumberFormat(language).format(objects),
      size: formatBytes(bytes, language),
      age:
        ageMs > 0
          ? t('admin.facts.old', { age: duration(ageMs) })
          : t('admin.facts.fresh'),
    });
  };
}
