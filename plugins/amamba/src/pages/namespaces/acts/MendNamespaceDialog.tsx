import { useAmambaApi } from '../../../api';
import { ConfirmDialog } from '../../../components/Confirm';
import { useToast } from '../../../hooks/useToast';
import { useAmambaTranslation } from '../../../translation';
import type { ActedNamespace } from './NamespaceMenu';

/** Puts right what differs from what the portal holds, after it was said. */
export function MendNamespaceDialog(props: {
  namespace: ActedNamespace;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { workspace, cluster, name, drift } = props.namespace;
  const missing = drift.some(({ code }) => code === 'missing');
  return (
    <ConfirmDialog
      title={t('namespaces.mend.title', { namespace: name })}
      will={drift
        .filter(({ mendable }) => mendable)
        .map(
          ({ code, message }) => `${t(`namespaces.mend.${code}`)} ${message}`,
        )}
      willNot={
        missing ? [t('namespaces.mend.lost')] : [t('namespaces.mend.untouched')]
      }
      confirmLabel={t('namespaces.mend.act')}
      failedLabel={t('namespaces.mend.failed', { namespace: name })}
      onClose={props.onClose}
      onConfirm={async () => {
        await api.call('mendNamespace', {
          params: { workspace, cluster, namespace: name },
        });
        toast.done(t('namespaces.mend.done', { namespace: name }));
        props.onDone();
      }}
    />
  );
}
