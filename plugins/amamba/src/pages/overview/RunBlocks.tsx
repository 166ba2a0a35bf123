import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type {
  Overview,
  OverviewRun,
} from '@amamba/backstage-plugin-amamba-common';
import { Cause } from '../../components/Cause';
import { RunStatus } from '../../components/Status';
import {
  Ago,
  Duration,
  useDurationText,
  useNow,
  useSpokenDuration,
} from '../../components/Time';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../translation';
import { Block, useBlockStyles } from './Block';
import type { Reviewed } from './ReviewDialog';

const SHORT_COMMIT = 7;
const SECOND_MS = 1000;
const WAIT_REFRESH_MS = 10_000;

const useStyles = makeStyles(theme => ({
  progress: { width: '8rem' },
  bar: { backgroundColor: theme.palette.text.primary },
  track: { backgroundColor: theme.palette.divider },
}));

function useRunLink() {
  const { workbench } = useAmambaRoutes();
  return (run: OverviewRun) =>
    workbench.run(run.workspace, run.pipeline, run.number ?? run.id);
}

/** The name of a run, with its workspace where several are shown. */
function RunName(props: { run: OverviewRun; everything: boolean }) {
  const link = useRunLink();
  const { run, everything } = props;
  return (
    <Link to={link(run)}>
      {everything && `${run.workspace} / `}
      {run.pipeline} {run.number !== undefined && `#${run.number}`}
    </Link>
  );
}

interface BlockProps<T> {
  items: readonly T[];
  count: number;
  /** several workspaces are shown */
  everything: boolean;
}

/** Approvals that wait for the reader, the oldest first. */
export function Waiting(
  props: BlockProps<Overview['waiting'][number]> & {
    onReview: (reviewed: Reviewed) => void;
  },
) {
  const classes = useBlockStyles();
  const { t } = useAmambaTranslation();
  return (
    <Block
      title={t('workspaces.overview.waiting')}
      count={props.count}
      shown={props.items.length}
      empty={t('workspaces.overview.noneWaiting')}
    >
      {props.items.map(({ run, approval }, index) => (
        <li key={`${run.id} ${approval.id}`} className={classes.row}>
          <RunStatus state="waiting" mine />
          <RunName run={run} everything={props.everything} />
          <span className={classes.grow}>
            {t('workspaces.overview.quoted', { message: approval.message })}
          </span>
          <span className={classes.end}>
            {approval.since && <Waited since={approval.since} />}
            <Button
              size="small"
              variant={index === 0 ? 'contained' : 'outlined'}
              color={index === 0 ? 'primary' : 'default'}
              aria-label={t('workspaces.overview.reviewRun', {
                run: `${run.pipeline} #${run.number ?? ''}`,
              })}
              onClick={() => props.onReview({ run, approval })}
            >
              {t('workspaces.overview.review')}
            </Button>
          </span>
        </li>
      ))}
    </Block>
  );
}

/** How long somebody has been waited for. */
function Waited(props: { since: string }) {
  const spoken = useSpokenDuration();
  const now = useNow(WAIT_REFRESH_MS);
  return <>{spoken(now - Date.parse(props.since))}</>;
}

/** Pipelines whose last finished run failed. */
export function Broken(props: BlockProps<OverviewRun>) {
  const classes = useBlockStyles();
  const { t } = useAmambaTranslation();
  return (
    <Block
      title={t('workspaces.overview.broken')}
      count={props.count}
      shown={props.items.length}
      empty={t('workspaces.overview.noneBroken')}
    >
      {props.items.map(run => (
        <li key={run.id} className={classes.row}>
          <RunStatus state={run.state} />
          <RunName run={run} everything={props.everything} />
          <span className={classes.grow}>
            {[run.stage, run.error].filter(Boolean).join(': ')}
          </span>
          <span className={classes.end}>
            <Ago time={run.endedAt ?? run.queuedAt} />
          </span>
        </li>
      ))}
    </Block>
  );
}

/** Runs that are under way. */
export function Running(props: BlockProps<OverviewRun>) {
  const classes = useBlockStyles();
  const { t } = useAmambaTranslation();
  return (
    <Block
      title={t('workspaces.overview.running')}
      count={props.count}
      shown={props.items.length}
      empty={t('workspaces.overview.noneRunning')}
    >
      {props.items.map(run => (
        <li key={run.id} className={classes.row}>
          <RunStatus state={run.state} />
          <RunName run={run} everything={props.everything} />
          <span className={classes.grow}>
            {run.branch} {run.commit?.slice(0, SHORT_COMMIT)}{' '}
            <Cause cause={run.cause} /> {run.stage}
          </span>
          <span className={classes.end}>
            <Progress run={run} />
          </span>
        </li>
      ))}
    </Block>
  );
}

/** How far a run is, where earlier runs tell how long it takes. */
function Progress(props: { run: OverviewRun }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const text = useDurationText();
  const spoken = useSpokenDuration();
  const now = useNow(SECOND_MS);
  const { startedAt, typicalDurationMs } = props.run;
  if (!startedAt) return null;
  if (!typicalDurationMs) return <Duration since={startedAt} />;
  const ms = now - Date.parse(startedAt);
  const label = t('workspaces.overview.progress', {
    elapsed: text(ms),
    typical: spoken(typicalDurationMs),
  });
  const late = ms - typicalDurationMs;
  return (
    <>
      <LinearProgress
        className={classes.progress}
        classes={{ bar: classes.bar, colorPrimary: classes.track }}
        variant="determinate"
        value={Math.min(100, Math.max(0, (ms / typicalDurationMs) * 100))}
        aria-label={label}
      />
      <span>
        {late > 0
          ? t('workspaces.overview.late', {
              elapsed: text(ms),
              late: spoken(late),
            })
          : label}
      </span>
    </>
  );
}
