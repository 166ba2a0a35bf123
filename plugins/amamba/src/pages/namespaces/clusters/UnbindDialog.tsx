import type { ClusterBinding } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { ConfirmDialog } from '../../../components/Confirm';
import { useToast } from '../../../hooks/useToast';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';

/** Takes a cluster from a workspace that has no namespace there. */
export function UnbindDialog(props: {
  binding: ClusterBinding;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const toast = useToast();
  const { name: workspace, title } = useWorkspace();
  const { binding } = props;
  const words = { cluster: binding.title, workspace: title };
  return (
    <ConfirmDialog
      title={t('namespaces.clusters.unbindTitle', words)}
      will={[t('namespaces.clusters.unbindWill', words)]}
      willNot={[t('namespaces.clusters.unbindWillNot', words)]}
      confirmLabel={t('namespaces.clusters.unbindOf', words)}
      failedLabel={t('namespaces.clusters.unbindFailed', words)}
      onClose={props.onClose}
      onConfirm={async () => {
        await api.call('unbindCluster', {
          params: { workspace, cluster: binding.cluster },
        });
        toast.done(t('namespaces.clusters.unbindDone', words));
        props.onDone();
      }}
    />
  );
}
