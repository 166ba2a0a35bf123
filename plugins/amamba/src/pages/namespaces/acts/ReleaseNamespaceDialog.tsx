import { useAmambaApi } from '../../../api';
import { ConfirmDialog } from '../../../components/Confirm';
import { useToast } from '../../../hooks/useToast';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import type { ActedNamespace } from './NamespaceMenu';

/** Gives a namespace up; what runs in it stays. */
export function ReleaseNamespaceDialog(props: {
  namespace: ActedNamespace;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { title } = useWorkspace();
  const { workspace, cluster, name } = props.namespace;
  return (
    <ConfirmDialog
      title={t('namespaces.release.title', { namespace: name })}
      will={[
        t('namespaces.release.people', { workspace: title, namespace: name }),
        t('namespaces.release.marks'),
        t('namespaces.release.adoptable'),
      ]}
      willNot={[t('namespaces.release.runs'), t('namespaces.release.quota')]}
      confirmLabel={t('namespaces.release.confirm', { namespace: name })}
      failedLabel={t('namespaces.release.failed', { namespace: name })}
      onClose={props.onClose}
      onConfirm={async () => {
        await api.call('releaseNamespace', {
          params: { workspace, cluster, namespace: name },
        });
        toast.done(t('namespaces.release.done', { namespace: name }));
        props.onDone();
      }}
    />
  );
}
