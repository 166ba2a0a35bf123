import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { ActionButton } from '../../../components/Action';
import { StatusIcon } from '../../../components/Status';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../../translation';
import { useRun } from './runScope';

const MAX_LINES = 4;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
  },
  text: {
    flex: '1 1 20rem',
    minWidth: 0,
    margin: 0,
    fontFamily: 'monospace',
    fontSize: 13,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/**
 * The first error that matters, and the ways to its cause.
 * @param props.onShowLine - goes to it in the log
 */
export function RunError(props: { onShowLine: () => void }) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { run, params } = useRun();
  const failed = run.tests?.failed ?? 0;
  const broken = run.state === 'failed' || run.state === 'unstable';
  if (!broken || (!run.error && failed === 0)) return null;
  const lines = (run.error ?? '').trim().split('\n').slice(0, MAX_LINES);
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      component="section"
      aria-label={t('runs.error')}
    >
      <StatusIcon status={run.state === 'failed' ? 'failed' : 'unstable'} />
      <p className={classes.text}>
        {run.error
          ? lines.join('\n')
          : t('runs.testsFailed', { count: failed })}
      </p>
      {run.state === 'failed' && (
        <ActionButton variant="contained" onClick={props.onShowLine}>
          {t('runs.showLine')}
        </ActionButton>
      )}
      {failed > 0 && (
        <ActionButton
          to={here.run(params.workspace, params.pipeline, params.run, 'tests')}
        >
          {t('runs.showTests', { count: failed })}
        </ActionButton>
      )}
    </Paper>
  );
}
