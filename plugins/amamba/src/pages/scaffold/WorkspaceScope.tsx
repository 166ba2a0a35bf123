import {
  useEffect,
  useMemo,
  type PropsWithChildren,
  type ReactNode,
} from 'react';
import { Crumb } from '../../components/Page';
import { LiveView } from '../../components/States';
import { useAmambaApi } from '../../api';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useLive } from '../../hooks/useLive';
import { useStored } from '../../hooks/useStored';
import { PlaceProvider } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';

/** The workspace that the reader was in last. */
export function useLastWorkspace() {
  return useStored<string | null>('workspace', null);
}

/**
 * Loads a workspace and puts the pages inside into it.
 * @param props.switcher - a way to another workspace, shown when this one does not exist
 */
export function WorkspaceScope(
  props: PropsWithChildren<{ name: string; switcher: ReactNode }>,
) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { workbench } = useAmambaRoutes();
  const [last, setLast] = useLastWorkspace();
  const { name } = props;
  const live = useLive(
    signal =>
      api.call('getWorkspace', { params: { workspace: name } }, { signal }),
    { key: name, identity: name, watch: false },
  );
  const found = live.data?.name;
  useEffect(() => {
    if (found !== undefined && found !== last) setLast(found);
  }, [found, last, setLast]);
  const workspace = live.data;
  const place = useMemo(() => workspace && { workspace }, [workspace]);
  return (
    <LiveView
      live={live}
      failed={t('workspaces.loadFailed')}
      back={props.switcher}
    >
      {({ title }) =>
        place && (
          <PlaceProvider place={place}>
            <Crumb label={title} href={workbench.room('overview', name)}>
              {props.children}
            </Crumb>
          </PlaceProvider>
        )
      }
    </LiveView>
  );
}
