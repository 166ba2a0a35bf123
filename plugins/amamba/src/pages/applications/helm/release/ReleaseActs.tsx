import type {
  HelmRelease,
  Operation,
} from '@amamba/backstage-plugin-amamba-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAmambaApi } from '../../../../api';
import { ActionButton } from '../../../../components/Action';
import { ConfirmDialog } from '../../../../components/Confirm';
import { useAmambaRoutes } from '../../../../hooks/useAmambaRoutes';
import { useToast } from '../../../../hooks/useToast';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../../application/applicationScope';
import { OperationDialog } from './OperationDialog';
import { useRelease, useReleaseNames, useReleaseRefusal } from './useRelease';

/** What can be done with a release as a whole: upgrade, uninstall, unlock. */
export function ReleaseActs() {
  const { data, retry } = useRelease();
  return data ? <Acts release={data} onChanged={retry} /> : null;
}

function Acts(props: { release: HelmRelease; onChanged: () => void }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const navigate = useNavigate();
  const names = useReleaseNames();
  const { here } = useAmambaRoutes();
  const { address, setLeaving } = useApplication();
  const { release } = props;
  const update = useReleaseRefusal(release, 'amamba.application.update');
  const remove = useReleaseRefusal(release, 'amamba.application.delete');
  const [asking, setAsking] = useState<'uninstall' | 'unlock'>();
  const [operation, setOperation] = useState<{
    kind: 'uninstall' | 'unlock';
    started: Operation;
  }>();
  const { name } = release;
  const start = async (kind: 'uninstall' | 'unlock') => {
    const started =
      kind === 'unlock'
        ? await api.call('unlockRelease', { params: names })
        : await api.call('uninstallRelease', {
            params: names,
            body: {
              confirm: name,
              keepHistory: false,
              propagation: 'background',
            },
          });
    // its page would be gone before the end was seen
    if (kind === 'uninstall') setLeaving(true);
    setOperation({ kind, started });
  };
  return (
    <>
      {release.locked && (
        <ActionButton refused={update} onClick={() => setAsking('unlock')}>
          {t('helm.release.unlock')}
        </ActionButton>
      )}
      <ActionButton
        variant="contained"
        refused={update}
        to={here.application(address, 'upgrade')}
      >
        {t('helm.release.upgrade')}
      </ActionButton>
      <ActionButton refused={remove} onClick={() => setAsking('uninstall')}>
        {t('helm.release.uninstall')}
      </ActionButton>
      {asking && (
        <ConfirmDialog
          destructive={asking === 'uninstall'}
          title={t(`helm.release.${asking}Title`, { release: name })}
          will={[t(`helm.release.${asking}Will`)]}
          warnings={
            asking === 'uninstall' ? [t('common.cannotUndo')] : undefined
          }
          typeName={asking === 'uninstall' ? name : undefined}
          confirmLabel={t(`helm.release.${asking}Confirm`, { release: name })}
          failedLabel={t('helm.release.actFailed')}
          onClose={() => setAsking(undefined)}
          onConfirm={() => start(asking)}
        />
      )}
      {operation && (
        <OperationDialog
          title={t(`helm.release.${operation.kind}Title`, { release: name })}
          operation={operation.started}
          onDone={() => {
            if (operation.kind === 'uninstall') {
              toast.done(t('helm.release.uninstalled', { release: name }));
              navigate(here.applications(address.workspace));
            } else props.onChanged();
          }}
          onClose={() => {
            setOperation(undefined);
            setLeaving(false);
          }}
        />
      )}
    </>
  );
}
