import { useAmambaTranslation } from '../../translation';
import { missingPermission, useWorkspace } from '../../hooks/useWorkspace';
import { CopyButton } from '../Action';
import { EmptyState } from './EmptyState';

/**
 * The reader lacks a permission for the whole page: which, where, who helps.
 * @param props.permission - name of it, `amamba.audit.read`
 */
export function NoPermission(props: { permission: string }) {
  const { t } = useAmambaTranslation();
  const workspace = useWorkspace();
  const reason = missingPermission(t, workspace, props.permission);
  return (
    <EmptyState
      title={reason}
      act={
        <CopyButton
          label={t('common.copyRequest')}
          text={() =>
            t('common.request', {
              permission: props.permission,
              workspace: workspace.title,
              address: window.location.href,
            })
          }
        />
      }
    />
  );
}
