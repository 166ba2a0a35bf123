import type { HelmRepository } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaApi } from '../../../api';
import { useLive, type Live } from '../../../hooks/useLive';
import { useWorkspace } from '../../../hooks/useWorkspace';

/** Helm repositories of the workspace. */
export function useRepositories(): Live<{ items: HelmRepository[] }> {
  const api = useAmambaApi();
  const { name: workspace } = useWorkspace();
  return useLive(
    signal =>
      api.call('listHelmRepositories', { params: { workspace } }, { signal }),
    { key: workspace, identity: workspace, watch: false },
  );
}
