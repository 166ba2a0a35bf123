import Button from '@material-ui/core/Button';
import { useMemo, type ReactNode } from 'react';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useResolvedPath } from 'react-router-dom';
import { useAmambaApi } from '../../api';
import { CopyButton } from '../../components/Action';
import { ShortcutHelp } from '../../components/ShortcutHelp';
import {
  EmptyState,
  LiveView,
  errorKind,
  messageOf,
} from '../../components/States';
import { EntityRoutesProvider } from '../../hooks/useAmambaRoutes';
import { ShortcutsProvider } from '../../hooks/shortcuts';
import { useLive } from '../../hooks/useLive';
import { PlaceProvider } from '../../hooks/useWorkspace';
import type { EntityRoom } from '../../links';
import { useAmambaTranslation } from '../../translation';

const SNIPPET = `metadata:
  annotations:
    amamba.io/workspace: team-a
`;

/**
 * The tab of an entity: the pages of a room, for the workspace that the entity belongs to.
 * @param props.children - the routes of the room
 */
export function EntityTab(props: { room: EntityRoom; children: ReactNode }) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { entity } = useEntity();
  const base = useResolvedPath('.').pathname;
  const entityRef = stringifyEntityRef(entity);
  const live = useLive(
    signal =>
      api.call(
        'getEntityWorkspace',
        { params: parseEntityRef(entityRef) },
        { signal },
      ),
    { key: entityRef, identity: entityRef, watch: false },
  );
  const workspace = live.data?.workspace;
  const place = useMemo(
    () => workspace && { workspace, entityRef },
    [workspace, entityRef],
  );
  if (live.error && errorKind(live.error) === 'notFound') {
    return (
      <EmptyState
        title={t('workspaces.entityWithout')}
        act={
          <>
            <CopyButton text={SNIPPET} label={t('workspaces.copySnippet')} />
            <Button size="small" onClick={live.retry}>
              {t('workspaces.checkAgain')}
            </Button>
          </>
        }
      >
        {messageOf(live.error)}
        <pre>{SNIPPET}</pre>
      </EmptyState>
    );
  }
  return (
    <LiveView live={live} failed={t('workspaces.loadFailed')}>
      {() =>
        place && (
          <EntityRoutesProvider room={props.room} base={base}>
            <PlaceProvider place={place}>
              <ShortcutsProvider>
                <ShortcutHelp />
                {props.children}
              </ShortcutsProvider>
            </PlaceProvider>
          </EntityRoutesProvider>
        )
      }
    </LiveView>
  );
}
