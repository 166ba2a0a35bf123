import {
  createContext,
  useContext,
  useMemo,
  type PropsWithChildren,
} from 'react';
import {
  auditRouteRef,
  defaultRooms,
  overviewRouteRef,
  pipelineLinks,
  pipelinesRouteRef,
  rootRouteRef,
  workbenchLinks,
  type PipelineLinks,
  type WorkbenchLinks,
} from '../routes';
import { useMounted } from './useMounted';

const DEFAULT_WORKBENCH = '/workbench';

/** Where the links of a page lead. */
export interface AmambaRoutes {
  /** `entity` on the tab of an entity */
  place: 'workbench' | 'entity';
  /** pages at the same place as this one: on an entity's tab they stay on it */
  here: PipelineLinks;
  /** pages of the workbench */
  workbench: WorkbenchLinks;
}

const EntityBaseContext = createContext<string | undefined>(undefined);

/**
 * Makes the links of the pages inside stay on an entity's tab.
 * @param props.base - address of the tab
 */
export function EntityRoutesProvider(
  props: PropsWithChildren<{ base: string }>,
) {
  return (
    <EntityBaseContext.Provider value={props.base}>
      {props.children}
    </EntityBaseContext.Provider>
  );
}

/** Builds the links of a page, which may be mounted in the workbench or on an entity's tab. */
export function useAmambaRoutes(): AmambaRoutes {
  const root = useMounted(rootRouteRef) ?? DEFAULT_WORKBENCH;
  const overview = useMounted(overviewRouteRef);
  const pipelines = useMounted(pipelinesRouteRef);
  const audit = useMounted(auditRouteRef);
  const entityBase = useContext(EntityBaseContext);
  return useMemo(() => {
    const rooms = defaultRooms(root);
    const workbench = workbenchLinks({
      overview: overview ?? rooms.overview,
      pipelines: pipelines ?? rooms.pipelines,
      audit: audit ?? rooms.audit,
    });
    return entityBase === undefined
      ? { place: 'workbench', here: workbench, workbench }
      : {
          place: 'entity',
          here: pipelineLinks(() => entityBase.replace(/\/+$/, '')),
          workbench,
        };
  }, [root, overview, pipelines, audit, entityBase]);
}
