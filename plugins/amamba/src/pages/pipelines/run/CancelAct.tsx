import { useEffect, useState } from 'react';
import type { CancelRequest } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ActionButton } from '../../../components/Action';
import { ConfirmDialog } from '../../../components/Confirm';
import { useAmambaTranslation } from '../../../translation';
import { useRefusal } from './RunActs';
import { useRun } from './runScope';

type Force = CancelRequest['force'];

/** After this long a run that was cancelled and still goes on may be cancelled harder. */
const PATIENCE_MS = 20_000;

const HARDER: Readonly<Record<NonNullable<Force>, NonNullable<Force>>> = {
  stop: 'term',
  term: 'kill',
  kill: 'kill',
};

/** Cancels a run; when it goes on all the same, offers to do so harder, step by step. */
export function CancelAct(props: { can: readonly string[] | undefined }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { params, run, refresh } = useRun();
  const refused = useRefusal(props.can, 'amamba.run.cancel');
  const [confirming, setConfirming] = useState(false);
  const [force, setForce] = useState<NonNullable<Force>>('stop');
  const [requested, setRequested] = useState<NonNullable<Force>>();

  useEffect(() => {
    if (!requested) return undefined;
    const timer = setTimeout(() => {
      setForce(HARDER[requested]);
      setRequested(undefined);
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [requested]);

  const name = run.number ? `#${run.number}` : t('runs.thisRun');
  const queued = run.state === 'queued';
  const label = {
    stop: () =>
      run.number
        ? t('runs.cancel.label', { run: name })
        : t('runs.cancel.labelQueued'),
    term: () => t('runs.cancel.term', { run: name }),
    kill: () => t('runs.cancel.kill', { run: name }),
  }[force]();
  const stage = run.stage ?? t('runs.cancel.step');
  const will = {
    stop: () =>
      queued
        ? [t('runs.cancel.leavesQueue')]
        : [t('runs.cancel.stops', { stage }), t('runs.cancel.postRuns')],
    term: () => [t('runs.cancel.termWill', { stage })],
    kill: () => [t('runs.cancel.killWill')],
  }[force]();
  return (
    <>
      <ActionButton
        refused={refused}
        busy={requested !== undefined}
        onClick={() => setConfirming(true)}
      >
        {requested ? t('runs.cancel.requested') : label}
      </ActionButton>
      {confirming && (
        <ConfirmDialog
          destructive
          title={`${label}?`}
          will={will}
          warnings={force === 'kill' ? [t('runs.cancel.killWarns')] : undefined}
          confirmLabel={label}
          dismissLabel={t('runs.cancel.keep')}
          failedLabel={t('runs.cancel.failed')}
          onClose={() => setConfirming(false)}
          onConfirm={async () => {
            await api.call('cancelRun', { params, body: { force } });
            setRequested(force);
            refresh();
          }}
        />
      )}
    </>
  );
}
