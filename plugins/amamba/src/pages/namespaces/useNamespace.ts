import {
  isNamespaceChange,
  type NamespaceDetail,
} from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../api';
import { useLive, type Live } from '../../hooks/useLive';
import { useWorkspace } from '../../hooks/useWorkspace';

/** A namespace of the page's workspace. */
export function useNamespace(
  cluster: string,
  name: string,
): Live<NamespaceDetail> {
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  const at = { cluster, namespace: name };
  const key = `${workspace}/${cluster}/${name}`;
  return useLive(
    signal =>
      api.call('getNamespace', { params: { workspace, ...at } }, { signal }),
    {
      key,
      identity: key,
      matches: change => isNamespaceChange(change, workspace, at),
    },
  );
}
