import TextField from '@material-ui/core/TextField';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, useState } from 'react';
import type {
  Approval,
  ParameterValues,
  RunDetail,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { useAct } from '../../hooks/useAct';
import { useAmambaTranslation } from '../../translation';
import { ActionButton } from '../Action';
import { Person } from '../Cause';
import { ParameterFields, useParameterForm } from '../Parameters';
import { ErrorPanel, messageOf, statusOf } from '../States';
import { StatusIcon } from '../Status';
import { Duration } from '../Time';

const CONFLICT = 409;
/** What Jenkins writes on the button when the pipeline names nothing. */
const DEFAULT_OK_LABEL = 'Proceed';
/** Values longer than this are not repeated in a sentence. */
const SHOWN_VALUE = 40;

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), marginBottom: theme.spacing(2) },
  form: { maxWidth: '44rem' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 1.5),
  },
  message: { margin: 0, overflowWrap: 'anywhere' },
  who: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 0.75) },
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
}));

/** `IMAGE=shop:1.4.2, DRY_RUN=true`; secrets and long texts are named without their value. */
function summary(approval: Approval, values: ParameterValues): string {
  return approval.parameters
    .filter(({ type }) => type !== 'unsupported')
    .map(({ name, type }) => {
      const value = String(values[name] ?? '');
      return type === 'password' || value.length > SHOWN_VALUE
        ? name
        : `${name}=${value}`;
    })
    .join(', ');
}

/**
 * A decision that a run waits for: what, who may, what follows, and the two acts.
 * @param props.run - number of the run, or its id
 * @param props.decided - it waits no more: somebody else decided, or the run ended
 * @param props.onDecided - called with the run after the decision
 */
export function ApprovalPanel(props: {
  workspace: string;
  pipeline: string;
  run: string | number;
  approval: Approval;
  decided?: boolean;
  onDecided: (run: RunDetail) => void;
}) {
  const { approval } = props;
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const id = useId();
  const form = useParameterForm(approval.parameters);
  const [reason, setReason] = useState('');
  const [decision, setDecision] = useState<'approve' | 'reject'>();

  const act = useAct(async (chosen: 'approve' | 'reject') => {
    setDecision(chosen);
    const run = await api.call('decide', {
      params: {
        workspace: props.workspace,
        pipeline: props.pipeline,
        run: String(props.run),
        approval: approval.id,
      },
      body: {
        decision: chosen,
        parameters: chosen === 'approve' ? form.toSend() : {},
        ...(reason.trim() && { reason: reason.trim() }),
      },
    });
    props.onDecided(run);
  });
  const { error, busy } = act;
  let taken: string | undefined;
  if (error && statusOf(error) === CONFLICT) taken = messageOf(error);
  else if (props.decided && !busy) taken = t('components.approval.decided');

  const given = summary(approval, form.values);
  const stage = approval.stage ?? t('components.approval.theRun');
  const refused = approval.mayDecide
    ? undefined
    : (approval.reason ?? t('components.approval.mayNot'));
  const approveLabel =
    approval.okLabel && approval.okLabel !== DEFAULT_OK_LABEL
      ? t('components.approval.approveAs', { label: approval.okLabel })
      : t('components.approval.approve');
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      component="section"
      aria-labelledby={id}
    >
      <div className={classes.head}>
        <StatusIcon status="waiting" />
        <Typography
          id={id}
          variant="h6"
          component="h3"
          className={classes.message}
        >
          {approval.message}
        </Typography>
        <Typography variant="body2" color="textSecondary" component="span">
          {approval.stage}
          {approval.stage && approval.since && ' · '}
          {approval.since && (
            <>
              {t('components.approval.waiting')}{' '}
              <Duration since={approval.since} />
            </>
          )}
        </Typography>
      </div>
      {taken ? (
        <Typography role="status">{taken}</Typography>
      ) : (
        <>
          <Typography variant="body2" component="div" className={classes.who}>
            {approval.approvers.length > 0 ? (
              <>
                <span>{t('components.approval.may')}</span>
                {approval.approvers.map((who, index) => (
                  <span key={who}>
                    <Person who={who} />
                    {index < approval.approvers.length - 1
                      ? t('components.approval.comma')
                      : t('components.approval.stop')}
                  </span>
                ))}
              </>
            ) : (
              <span>{t('components.approval.anybody')}</span>
            )}
            <span>{refused ?? t('components.approval.youMay')}</span>
          </Typography>
          {approval.mayDecide && (
            <ParameterFields
              definitions={approval.parameters}
              values={form.values}
              problems={form.problems}
              onChange={form.change}
            />
          )}
          <Typography variant="body2">
            {given
              ? t('components.approval.willWith', { stage, values: given })
              : t('components.approval.will', { stage })}{' '}
            {t('components.approval.willReject')}
          </Typography>
          {approval.mayDecide && (
            <TextField
              id={`${id}-reason`}
              label={t('components.approval.reason')}
              value={reason}
              onChange={event => setReason(event.target.value)}
              inputProps={{ maxLength: 2000 }}
              variant="outlined"
              margin="dense"
              fullWidth
            />
          )}
          {error && (
            <ErrorPanel title={t('components.approval.failed')} error={error} />
          )}
          <div className={classes.acts}>
            <ActionButton
              refused={refused}
              busy={busy && decision === 'reject'}
              onClick={() => act.run('reject')}
            >
              {t('components.approval.reject')}
            </ActionButton>
            <ActionButton
              variant="contained"
              refused={
                refused ?? (form.valid ? undefined : t('pipelines.run.mend'))
              }
              busy={busy && decision === 'approve'}
              onClick={() => act.run('approve')}
            >
              {approveLabel}
            </ActionButton>
          </div>
        </>
      )}
    </Paper>
  );
}
