import type { Operation } from '@amamba/backstage-plugin-amamba-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useAmambaApi } from '../../api';
import { useLive } from '../../hooks/useLive';
import { useAmambaTranslation } from '../../translation';
import { Banner } from '../Banner';
import { ErrorPanel, IconLine } from '../States';
import { StatusIcon, type StatusKey } from '../Status';

const useStyles = makeStyles(theme => ({
  steps: {
    listStyle: 'none',
    margin: theme.spacing(1, 0),
    padding: 0,
    overflowWrap: 'anywhere',
    '& > li': { padding: theme.spacing(0.5, 0) },
  },
}));

const LOOK: Readonly<Record<Operation['state'], StatusKey>> = {
  running: 'running',
  done: 'ok',
  failed: 'failed',
};

/**
 * Follows an operation of the backend to its end: its steps, and why it failed. The operation goes on when the reader leaves.
 * @param props.operation - as the act answered it; another one is followed from its beginning
 * @param props.onDone - called once when it has ended well
 * @param props.onFailed - called once when it has failed
 * @param props.actions - what can be done after a failure
 */
export function OperationProgress(props: {
  workspace: string;
  operation: Operation;
  onDone?: (operation: Operation) => void;
  onFailed?: (operation: Operation) => void;
  actions?: ReactNode;
}) {
  const classes = useStyles();
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { workspace, operation: started } = props;
  const { id } = started;
  const [ended, setEnded] = useState<string>();
  const live = useLive(
    signal =>
      api.call(
        'getOperation',
        { params: { workspace, operation: id } },
        { signal },
      ),
    {
      key: id,
      identity: id,
      watch: ended !== id,
      matches: change => change.type === 'operation' && change.operation === id,
    },
  );
  const operation = live.data ?? started;
  const told = useRef<string>();
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (operation.state === 'running' || told.current === operation.id) return;
    told.current = operation.id;
    setEnded(operation.id);
    if (operation.state === 'done') latest.current.onDone?.(operation);
    else latest.current.onFailed?.(operation);
  }, [operation]);

  return (
    <div
      role="status"
      aria-live="polite"
      aria-busy={operation.state === 'running'}
    >
      <Typography variant="subtitle1" component="p">
        <IconLine icon={<StatusIcon status={LOOK[operation.state]} />}>
          {t(`operation.${operation.state}`, { object: operation.object })}
        </IconLine>
      </Typography>
      {operation.steps.length > 0 && (
        <ol className={classes.steps} aria-label={t('operation.steps')}>
          {operation.steps.map(({ text, state, at }) => (
            <li key={`${at} ${text}`}>
              <IconLine icon={<StatusIcon status={LOOK[state]} size={16} />}>
                {text}
              </IconLine>
            </li>
          ))}
        </ol>
      )}
      {live.error && operation.state === 'running' && (
        <ErrorPanel
          title={t('operation.unknown')}
          error={live.error}
          onRetry={live.retry}
        />
      )}
      {operation.state === 'failed' && (
        <Banner severity="error" actions={props.actions}>
          <strong>{operation.problem ?? t('operation.noReason')}</strong>{' '}
          {operation.remedy}
        </Banner>
      )}
    </div>
  );
}
