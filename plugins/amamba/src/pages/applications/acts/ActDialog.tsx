import Button from '@material-ui/core/Button';
import type {
  Consequence,
  WorkloadAct,
} from '@amamba/backstage-plugin-amamba-common';
import { useState, type ReactNode } from 'react';
import { useAmambaApi } from '../../../api';
import {
  ConfirmDialog,
  ConfirmLive,
  type Confirmation,
} from '../../../components/Confirm';
import { DiffView } from '../../../components/DiffView';
import { ErrorPanel, messageOf, statusOf } from '../../../components/States';
import { useLive } from '../../../hooks/useLive';
import { useToast } from '../../../hooks/useToast';
import { useAmambaTranslation } from '../../../translation';
import {
  followApplication,
  useApplication,
} from '../application/applicationScope';
import { useActWords } from './useActWords';

const CONFLICT = 409;

/** What has to be filled in before an act can be looked at. */
export interface ActForm {
  fields: ReactNode;
  /** what is missing, while there is no act yet */
  missing: string;
}

/**
 * Says what an act on a workload will do, as the cluster answers a dry run of it, and does it when confirmed. When the
 * workload changes meanwhile, what is said changes with it, and has to be confirmed as it is then.
 * @param props.act - undefined while the form does not say
 * @param props.label - the act and its object: "Restart shop"
 * @param props.destructive - the service stops, or is at risk
 */
export function ActDialog(props: {
  act: WorkloadAct | undefined;
  label: string;
  form?: ActForm;
  destructive?: boolean;
  onClose: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const words = useActWords();
  const { address, live: application } = useApplication();
  const { act, label, form } = props;
  const follow = followApplication(address, 'act');
  const key = JSON.stringify(act ?? null);
  const live = useLive<Consequence | undefined>(
    async signal =>
      act &&
      api.call('previewAct', { params: address, body: { act } }, { signal }),
    { ...follow, key },
  );
  // of another number that was typed before
  const data = live.dataKey === key ? live.data : undefined;

  const perform = async (basis: string | undefined) => {
    if (!act) return;
    try {
      await api.call('act', { params: address, body: { act, basis } });
    } catch (error) {
      if (error instanceof Error && statusOf(error) === CONFLICT) live.retry();
      throw error;
    }
    toast.done(t('applications.acts.requested', { act: label }));
    application.retry();
  };
  const confirmation = (found: Consequence | undefined): Confirmation => ({
    title: t('applications.acts.title', { act: label }),
    will: found?.will.map(words) ?? [],
    warnings: found?.warnings.map(words),
    detail: found?.diff.length ? <Changes diff={found.diff} /> : undefined,
    confirmLabel: label,
    failedLabel: t('applications.acts.failed', { act: label }),
    onConfirm: () => perform(found?.basis),
  });
  if (!form) {
    return (
      <ConfirmLive
        live={live}
        failed={t('applications.acts.previewFailed')}
        destructive={props.destructive}
        onClose={props.onClose}
      >
        {confirmation}
      </ConfirmLive>
    );
  }
  const error = act && live.error;
  return (
    <ConfirmDialog
      {...confirmation(data)}
      form={
        <>
          {form.fields}
          {error && (
            <ErrorPanel
              title={t('applications.acts.previewFailed')}
              error={error}
              onRetry={live.retry}
            />
          )}
        </>
      }
      refused={refusalOf()}
      destructive={props.destructive}
      onClose={props.onClose}
    />
  );

  function refusalOf(): string | undefined {
    if (!act) return form?.missing;
    if (error) return messageOf(error);
    return data ? undefined : t('common.loading');
  }
}

/** The changes line by line, for those who want to see them. */
function Changes(props: { diff: Consequence['diff'] }) {
  const { t } = useAmambaTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        aria-expanded={open}
        onClick={() => setOpen(shown => !shown)}
      >
        {open
          ? t('applications.acts.hideDiff')
          : t('applications.acts.showDiff')}
      </Button>
      {open && <DiffView diffs={props.diff} />}
    </>
  );
}
