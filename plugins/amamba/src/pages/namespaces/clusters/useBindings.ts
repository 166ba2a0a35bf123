import {
  isNamespaceChange,
  platformManagePermission,
  type ClusterBindingList,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { useLive, type Live } from '../../../hooks/useLive';
import { useWorkspace } from '../../../hooks/useWorkspace';

/** The clusters that the workspace may use, and those that it could. */
export function useBindings(): Live<ClusterBindingList> {
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  return useLive(
    signal =>
      api.call('listClusterBindings', { params: { workspace } }, { signal }),
    {
      key: workspace,
      identity: workspace,
      matches: change => isNamespaceChange(change, workspace),
    },
  );
}

/** Whether the reader may give clusters and namespaces to workspaces. */
export function mayManage({ can }: { can: readonly string[] }): boolean {
  return can.includes(platformManagePermission.name);
}
