import { createContext, useContext, type PropsWithChildren } from 'react';
import type { WorkspaceDetail } from '@amamba/backstage-plugin-amamba-common';
import { useAmambaTranslation, type Translate } from '../translation';

/** Where a page stands: in a workspace, and on the tab of an entity if it is mounted there. */
export interface Place {
  workspace: WorkspaceDetail;
  /** reference of the entity whose tab shows the page */
  entityRef?: string;
}

const PlaceContext = createContext<Place | undefined>(undefined);

/** Puts the pages inside into a workspace. */
export function PlaceProvider(props: PropsWithChildren<{ place: Place }>) {
  return (
    <PlaceContext.Provider value={props.place}>
      {props.children}
    </PlaceContext.Provider>
  );
}

/** Where the page stands. */
export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('The page is not inside a PlaceProvider');
  return place;
}

/** The workspace that the page stands in. */
export function useWorkspace(): WorkspaceDetail {
  return usePlace().workspace;
}

/** Whether an act is allowed, and if not, why and who can help. */
export interface May {
  allowed: boolean;
  /** for people; undefined when allowed */
  reason: string | undefined;
}

/** Why somebody may not do something in a workspace. */
export function missingPermission(
  t: Translate,
  workspace: WorkspaceDetail,
  permission: string,
): string {
  const values = { permission, workspace: workspace.title };
  const helpers = workspace.admins.map(({ title }) => title);
  return helpers.length
    ? t('common.needPermissionAsk', { ...values, admins: helpers.join(', ') })
    : t('common.needPermission', values);
}

/**
 * Whether the reader has a permission in the page's workspace. The service decides again; this is for buttons.
 * @param permission - name of it, `amamba.pipeline.create`
 */
export function useMay(permission: string): May {
  return useMayOn(useWorkspace(), permission);
}

/**
 * Whether the reader has a permission on one thing of the page's workspace, which a policy may treat apart.
 * @param subject - says what the reader can do with it
 * @param permission - name of it, `amamba.run.start`
 */
export function useMayOn(
  subject: { can: readonly string[] },
  permission: string,
): May {
  const { t } = useAmambaTranslation();
  const workspace = useWorkspace();
  const allowed = subject.can.includes(permission);
  return {
    allowed,
    reason: allowed ? undefined : missingPermission(t, workspace, permission),
  };
}
