import { Navigate } from 'react-router-dom';
import { useAmambaApi } from '../../api';
import { EmptyState, LiveView } from '../../components/States';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useLive } from '../../hooks/useLive';
import type { RoomId } from '../../rooms';
import { useAmambaTranslation } from '../../translation';
import { useLastWorkspace } from './WorkspaceScope';

/** Goes to the workspace that the reader was in last, else to the first in which the reader has a role. */
export function LastWorkspace(props: { room: RoomId }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { workbench } = useAmambaRoutes();
  const [last] = useLastWorkspace();
  const live = useLive(
    signal => api.call('listWorkspaces', { params: {} }, { signal }),
    { key: 'workspaces', watch: false },
  );
  return (
    <LiveView live={live} failed={t('workspaces.listFailed')}>
      {({ items }) => {
        const target =
          items.find(({ name }) => name === last) ??
          items.find(({ role }) => role !== undefined) ??
          items[0];
        return target ? (
          <Navigate replace to={workbench.room(props.room, target.name)} />
        ) : (
          <EmptyState title={t('workspaces.none')}>
            {t('workspaces.noneHint')}
          </EmptyState>
        );
      }}
    </LiveView>
  );
}
