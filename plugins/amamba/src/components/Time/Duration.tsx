import { useCallback } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { useGlanceTranslation } from '../../translation/glance';
import { durationParts } from './format';
import { useNow } from './useNow';

const useStyles = makeStyles({
  root: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
});

/** Gives a function that writes a duration in milliseconds as `6m 12s`. */
export function useDurationText(): (ms: number) => string {
  const { t } = useGlanceTranslation();
  return useCallback(
    ms => {
      const parts = durationParts(ms);
      switch (parts.unit) {
        case 'seconds':
          return t('time.seconds', { s: String(parts.s) });
        case 'minutes':
          return t('time.minutes', {
            m: String(parts.m),
            s: String(parts.s),
          });
        case 'hours':
          return t('time.hours', {
            h: String(parts.h),
            m: String(parts.m),
          });
        case 'days':
          return t('time.days', {
            d: String(parts.d),
            h: String(parts.h),
          });
        default:
          return t('time.instant');
      }
    },
    [t],
  );
}

/** Gives a function that writes a duration in milliseconds as it is spoken: `6 min`. */
export function useSpokenDuration(): (ms: number) => string {
  const { t } = useGlanceTranslation();
  return useCallback(
    ms => {
      const parts = durationParts(ms);
      switch (parts.unit) {
        case 'seconds':
          return t('time.spokenSeconds', { n: String(parts.s) });
        case 'minutes':
          return t('time.spokenMinutes', { n: String(parts.m) });
        case 'hours':
          return t('time.spokenHours', {
            h: String(parts.h),
            m: String(parts.m),
          });
        case 'days':
          return t('time.spokenDays', {
            d: String(parts.d),
            h: String(parts.h),
          });
        default:
          return t('time.spokenInstant');
      }
    },
    [t],
  );
}

/**
 * A duration as `6m 12s` in tabular figures: a measured one (`ms`), or one that still grows (`since`, ISO 8601).
 */
export function Duration(
  props: { ms: number } | { since: string; ms?: undefined },
) {
  const classes = useStyles();
  const text = useDurationText();
  const measured = props.ms;
  const now = useNow(measured === undefined ? 1000 : undefined);
  const ms = measured ?? now - Date.parse('since' in props ? props.since : '');
  return <span className={classes.root}>{text(ms)}</span>;
}
