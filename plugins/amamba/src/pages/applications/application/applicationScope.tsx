import {
  isNamespaceChange,
  type ApplicationDetail,
  type ApplicationKey,
} from '@amamba/backstage-plugin-amamba-common';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { useAmambaApi } from '../../../api';
import { LiveView } from '../../../components/States';
import { useLive, type Live, type LiveOptions } from '../../../hooks/useLive';
import { useWorkspace } from '../../../hooks/useWorkspace';
import type { ApplicationAddress } from '../../../links';
import { useAmambaTranslation } from '../../../translation';
import { BackToApplications } from '../list/ApplicationsPage';

/** The application of the page. */
export interface ApplicationScope {
  application: ApplicationDetail;
  live: Live<ApplicationDetail>;
  /** what calls about it take as parameters, and links too; stays the same object */
  address: ApplicationAddress;
  /** its deletion is under way: the page stays until the reader has seen the end of it */
  setLeaving: (leaving: boolean) => void;
}

const Context = createContext<ApplicationScope | undefined>(undefined);

/** The application of the page, kept fresh. */
export function useApplication(): ApplicationScope {
  const scope = useContext(Context);
  if (!scope) throw new Error('The page is not inside an ApplicationProvider');
  return scope;
}

/** The address of an application in the workspace of the page. */
export function useAddress(key: ApplicationKey): ApplicationAddress {
  return { ...key, workspace: useWorkspace().name };
}

/** How to follow something of an application: anew with each change in its namespace. */
export function followApplication(
  address: ApplicationAddress,
  what: string,
): LiveOptions {
  const { workspace, cluster, namespace, kind, name } = address;
  const key = [workspace, cluster, namespace, kind, name, what].join('/');
  return {
    key,
    identity: key,
    matches: change =>
      isNamespaceChange(change, workspace, { cluster, namespace }),
  };
}

/** Loads an application and puts the page inside into it. */
export function ApplicationProvider(props: {
  address: ApplicationAddress;
  children: ReactNode;
}) {
  const { t } = useAmambaTranslation();
  const api = useAmambaApi();
  const { address } = props;
  const live = useLive(
    signal => api.call('getApplication', { params: address }, { signal }),
    followApplication(address, ''),
  );
  const [leaving, setLeaving] = useState(false);
  const inside = (application: ApplicationDetail) => (
    <Context.Provider value={{ application, live, address, setLeaving }}>
      {props.children}
    </Context.Provider>
  );
  return (
    <LiveView
      live={leaving ? { ...live, error: undefined } : live}
      failed={t('applications.loadFailed')}
      back={<BackToApplications />}
    >
      {inside}
    </LiveView>
  );
}
