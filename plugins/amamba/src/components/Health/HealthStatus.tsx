import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  HEALTH_STATUSES,
  healthWords,
  type HealthAnswer,
  type HealthStatus as Key,
  type HealthWords,
} from '@amamba/backstage-plugin-amamba-common';
import { useCallback } from 'react';
import { healthLook, Status, useStatusWord } from '../Status';
import { useSentenceLanguage } from '../Time';

const useStyles = makeStyles({
  reason: { overflowWrap: 'anywhere', maxWidth: '40rem' },
});

/** Gives a function that says in the reader's language why something is as it is, and what to do. */
export function useHealthWords(): (
  health: Pick<HealthAnswer, 'reasons' | 'sentence'>,
) => HealthWords {
  const language = useSentenceLanguage();
  return useCallback(health => healthWords(health, language), [language]);
}

/** The statuses of a health as choices of a filter, what needs a person first. */
export function useHealthOptions(): { value: Key; label: string }[] {
  const word = useStatusWord();
  return HEALTH_STATUSES.map(status => ({
    value: status,
    label: word(healthLook(status).word),
  }));
}

/**
 * How something in a cluster is: status, and below it the reason.
 * @param props.reason - false where there is no room for it
 */
export function HealthStatus(props: {
  health: Pick<HealthAnswer, 'status' | 'reasons' | 'sentence'>;
  reason?: boolean;
}) {
  const classes = useStyles();
  const words = useHealthWords();
  const { health, reason = true } = props;
  const why = reason ? words(health).reason : undefined;
  return (
    <>
      <Status {...healthLook(health.status)} />
      {why && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.reason}
        >
          {why}
        </Typography>
      )}
    </>
  );
}
