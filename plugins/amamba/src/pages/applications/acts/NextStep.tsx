import { makeStyles } from '@material-ui/core/styles';
import type { PodSummary } from '@amamba/backstage-plugin-amamba-common';
import { ActionButton, type MenuEntry } from '../../../components/Action';
import { Banner } from '../../../components/Banner';
import { useHealthWords } from '../../../components/Health';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../../translation';
import { useApplication } from '../application/applicationScope';
import { nextStepOf } from './nextStep';
import { useWorkloadActs } from './useWorkloadActs';

const useStyles = makeStyles(theme => ({
  acts: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** What is wrong with the application, and the way to put it right; nothing while all is well. */
export function NextStep() {
  const { t } = useAmambaTranslation();
  const classes = useStyles();
  const words = useHealthWords();
  const { application } = useApplication();
  const { status } = application.health;
  const { reason, remedy } = words(application.health);
  const step = nextStepOf(application);
  const { entries, dialog } = useWorkloadActs(step.workload);
  if (status === 'ok' || !reason) return null;
  return (
    <>
      <Banner
        severity={status === 'failed' ? 'error' : 'warning'}
        actions={
          <div className={classes.acts}>
            <Way
              pod={step.pod}
              container={step.container}
              previous={step.previous}
              logs={step.logs}
              act={entries.find(({ name }) => name === step.act)}
            />
          </div>
        }
      >
        <strong>{reason}</strong> {remedy}
        {step.others > 0 && (
          <div>{t('applications.moreProblems', { count: step.others })}</div>
        )}
      </Banner>
      {dialog}
    </>
  );
}

/** The one act that helps, and where more is to be learnt. */
function Way(props: {
  pod?: PodSummary['name'];
  container?: string;
  previous: boolean;
  logs: boolean;
  act: MenuEntry | undefined;
}) {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { address } = useApplication();
  const { pod, container, previous, logs, act } = props;
  return (
    <>
      {act && (
        <ActionButton
          variant="contained"
          size="small"
          refused={act.refused}
          {...(typeof act.act === 'string'
            ? { to: act.act }
            : { onClick: act.act })}
        >
          {act.label}
        </ActionButton>
      )}
      {logs && (
        <ActionButton
          size="small"
          variant={act ? 'outlined' : 'contained'}
          to={here.application(address, 'logs', {
            ...(pod && { pod }),
            ...(container && { container }),
            ...(previous && { previous: 'true' }),
          })}
        >
          {previous ? t('applications.previousLog') : t('applications.readLog')}
        </ActionButton>
      )}
      <ActionButton size="small" to={here.application(address, 'events')}>
        {t('applications.tabs.events')}
      </ActionButton>
    </>
  );
}
