import Button from '@material-ui/core/Button';
import { useMemo, type ReactNode } from 'react';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { EntityWorkspace } from '@amamba/backstage-plugin-amamba-common';
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

/** Asks where an entity belongs. */
export type LoadPlace = (
  entity: { kind: string; namespace: string; name: string },
  signal: AbortSignal,
) => Promise<EntityWorkspace>;

/**
 * The tab of an entity: the pages of a room, for the workspace that the entity belongs to.
 * @param props.load - for who learns it together with something else
 * @param props.children - the routes of the room
 */
export function EntityTab(props: {
  room: EntityRoom;
  load?: LoadPlace;
  children: ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { entity } = useEntity();
  const base = useResolvedPath('.').pathname;
  const entityRef = stringifyEntityRef(entity);
  const load: LoadPlace =
    props.load ??
    ((params, signal) =>
      api.call('getEntityWorkspace', { params }, { signal }));
  const live = useLive(signal => load(parseEntityRef(entityRef), signal), {
    key: entityRef,
    identity: entityRef,
    watch: false,
  });
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
