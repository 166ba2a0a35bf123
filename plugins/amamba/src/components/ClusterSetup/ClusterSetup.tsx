import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect } from 'react';
import type { ClusterSetup as Setup } from '@amamba/backstage-plugin-amamba-common';
import { useVisible } from '../../hooks/useVisible';
import { useAmambaTranslation, type Translate } from '../../translation';
import { Banner } from '../Banner';
import { useSpokenDuration } from '../Time';

/** Nobody announces how far it is, so it is asked for. */
const CHECK_MS = 5_000;
const PERCENT = 100;
const MINUTE_MS = 60_000;

const useStyles = makeStyles(theme => ({
  progress: { width: '12rem', flex: 'none' },
  bar: { backgroundColor: theme.palette.text.primary },
  track: { backgroundColor: theme.palette.divider },
}));

/** Whether the clusters of this machine are on their way, so that a list is empty for a while only. */
export function isComingUp(setup: Setup | undefined): boolean {
  return setup?.state === 'building' || setup?.state === 'starting';
}

/** Asks again every few seconds as long as clusters come up and somebody looks. */
function useFollow(setup: Setup | undefined, onCheck: () => void) {
  const following = useVisible() && isComingUp(setup);
  useEffect(() => {
    if (!following) return undefined;
    const timer = setInterval(onCheck, CHECK_MS);
    return () => clearInterval(timer);
  }, [following, onCheck]);
}

function words(
  t: Translate,
  setup: Setup,
  spoken: (ms: number) => string,
): string {
  const { state, index, of, remainingMs, step } = setup;
  const parts: string[] = [
    t(`clusters.setup.${state === 'building' ? state : 'starting'}`),
  ];
  if (index !== undefined && of !== undefined) {
    parts.push(
      t('clusters.setup.step', { index: String(index), of: String(of) }),
    );
  }
  if (step) parts.push(step);
  if (remainingMs !== undefined) {
    const time = spoken(Math.max(remainingMs, MINUTE_MS));
    parts.push(t('clusters.setup.remaining', { time }));
  }
  return parts.join(t('clusters.setup.comma'));
}

/**
 * Says how the clusters of this machine are coming up, and keeps asking until they are there. Nothing when they are, or
 * when the portal has clusters of its own.
 * @param props.setup - as every list of what is in clusters gives it
 * @param props.onCheck - asks for the list again
 */
export function ClusterSetup(props: {
  setup: Setup | undefined;
  onCheck: () => void;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const spoken = useSpokenDuration();
  const { setup, onCheck } = props;
  useFollow(setup, onCheck);
  if (setup?.state === 'failed') {
    return (
      <Banner severity="error">
        <strong>{t('clusters.setup.failed')}</strong> {setup.problem}
      </Banner>
    );
  }
  if (!setup || !isComingUp(setup)) return null;
  const { index, of } = setup;
  const known = index !== undefined && of !== undefined;
  return (
    <Banner
      severity="info"
      actions={
        <LinearProgress
          className={classes.progress}
          classes={{ bar: classes.bar, colorPrimary: classes.track }}
          aria-label={t('clusters.setup.progress')}
          {...(known
            ? {
                variant: 'determinate',
                // the step that is under way is not done
                value: ((index - 1) / of) * PERCENT,
              }
            : {})}
        />
      }
    >
      {words(t, setup, spoken)}
      {t('clusters.setup.stop')}
      {t('clusters.setup.byItself')}
    </Banner>
  );
}
