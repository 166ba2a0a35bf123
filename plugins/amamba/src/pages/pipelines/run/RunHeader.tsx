import type { Pipeline } from '@amamba/backstage-plugin-amamba-common';
import { makeStyles } from '@material-ui/core/styles';
import { Cause } from '../../../components/Cause';
import { Commit } from '../../../components/Commit';
import { PageHeader } from '../../../components/Page';
import { runLook, StatusIcon, useStatusWord } from '../../../components/Status';
import { Ago } from '../../../components/Time';
import type { Live } from '../../../hooks/useLive';
import { useAmambaTranslation } from '../../../translation';
import { RunActs } from './RunActs';
import { useRun } from './runScope';
import { useSentence } from './useSentence';

/** Parameters that are named in the head; the rest is counted. */
const SHOWN_PARAMETERS = 3;

const useStyles = makeStyles(theme => ({
  sentence: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    fontVariantNumeric: 'tabular-nums',
  },
  parameter: {
    maxWidth: '16rem',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  message: { minWidth: 0, maxWidth: '32rem', display: 'inline-flex' },
}));

/** The head of a run's page: the answer first, then why it ran and with what. */
export function RunHeader(props: {
  live: Pick<Live<unknown>, 'status' | 'at'>;
  pipeline: Pipeline | undefined;
  view: string | undefined;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const word = useStatusWord();
  const { run } = useRun();
  const sentence = useSentence(run);
  const mine =
    run.state === 'waiting'
      ? run.approvals.some(({ mayDecide }) => mayDecide)
      : undefined;
  const look = runLook(run.state, mine);
  const parameters = Object.entries(run.parameters);
  const title = run.number
    ? t('runs.title', { pipeline: run.pipeline, number: String(run.number) })
    : t('runs.titleQueued', { pipeline: run.pipeline });
  return (
    <PageHeader
      title={title}
      after={
        <span className={classes.sentence}>
          <StatusIcon status={look.status} label={word(look.word)} />
          {sentence}
        </span>
      }
      live={props.live}
      acts={<RunActs pipeline={props.pipeline} view={props.view} />}
      meta={
        <>
          <Cause cause={run.cause} />
          {run.branch && <span>{run.branch}</span>}
          {run.commit && (
            <span className={classes.message}>
              <Commit commit={run.commit} message={run.commitMessage} />
            </span>
          )}
          <Ago time={run.endedAt ?? run.startedAt ?? run.queuedAt} />
          {parameters.slice(0, SHOWN_PARAMETERS).map(([name, value]) => (
            <span
              key={name}
              className={classes.parameter}
              title={`${name}=${value}`}
            >
              {name}={String(value)}
            </span>
          ))}
          {parameters.length > SHOWN_PARAMETERS && (
            <span>
              {t('runs.moreParameters', {
                count: parameters.length - SHOWN_PARAMETERS,
              })}
            </span>
          )}
        </>
      }
    />
  );
}
