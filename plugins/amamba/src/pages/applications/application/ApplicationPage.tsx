import { Suspense } from 'react';
import {
  Navigate,
  Route,
  Routes,
  useLocation,
  useParams,
} from 'react-router-dom';
import type { ApplicationKind } from '@amamba/backstage-plugin-amamba-common';
import { Crumb, PageTabs } from '../../../components/Page';
import { EmptyState, Loading } from '../../../components/States';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { BackToApplications } from '../list/ApplicationsPage';
import { APPLICATION_KINDS } from '../list/useApplicationList';
import { ApplicationHeader } from './ApplicationHeader';
import { ApplicationProvider, useApplication } from './applicationScope';
import { APPLICATION_TABS } from './tabs';

/** An application: its head and the view that the address names. */
export default function ApplicationPage() {
  const { here } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { cluster = '', namespace = '', name = '', ...rest } = useParams();
  const kind = APPLICATION_KINDS.find(known => known === rest.kind);
  if (!kind) return <NotFound />;
  const address = { workspace, cluster, namespace, kind, name };
  const href = here.application(address);
  return (
    <Crumb key={href} label={name} href={href}>
      <ApplicationProvider address={address}>
        <ApplicationHeader />
        <Views kind={kind} />
      </ApplicationProvider>
    </Crumb>
  );
}

function Views(props: { kind: ApplicationKind }) {
  const { t } = useAmambaTranslation();
  const { here } = useAmambaRoutes();
  const { search } = useLocation();
  const { application, address } = useApplication();
  const tabs = APPLICATION_TABS.filter(
    ({ kinds }) => !kinds || kinds.includes(props.kind),
  );
  return (
    <>
      <PageTabs
        label={t('applications.views', { application: application.title })}
        tabs={tabs.map(({ view, label }) => ({
          label: label(t),
          to: here.application(address, view),
        }))}
      />
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route
            index
            element={
              <Navigate replace to={{ pathname: tabs[0].view, search }} />
            }
          />
          {tabs.map(({ view, Page }) => (
            <Route key={view} path={`${view}/*`} element={<Page />} />
          ))}
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </>
  );
}

function NotFound() {
  const { t } = useAmambaTranslation();
  return (
    <EmptyState title={t('common.notFound')} act={<BackToApplications />} />
  );
}
