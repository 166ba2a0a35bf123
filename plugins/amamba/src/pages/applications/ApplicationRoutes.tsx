import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { Crumb } from '../../components/Page';
import { EmptyState, Loading } from '../../components/States';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';
import { ApplicationsPage, BackToApplications } from './list/ApplicationsPage';

const CreateRoutes = lazy(() => import('./new/CreateRoutes'));
const HelmRoutes = lazy(() => import('./helm/HelmRoutes'));
const RepositoriesPage = lazy(
  () => import('./helm/repositories/RepositoriesPage'),
);
const ApplicationPage = lazy(() => import('./application/ApplicationPage'));

/**
 * The pages below the list of applications. They are the same in the workbench and on an entity's tab; what leads from
 * one to the other is `useAmambaRoutes`.
 */
export function ApplicationRoutes() {
  const { t } = useAmambaTranslation();
  const { here, place } = useAmambaRoutes();
  const workspace = useWorkspace();
  return (
    <Crumb
      label={t('applications.title')}
      href={here.applications(workspace.name)}
    >
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<ApplicationsPage />} />
          {place === 'workbench' && (
            <>
              <Route path="new/*" element={<CreateRoutes />} />
              <Route path="charts/*" element={<HelmRoutes />} />
              <Route path="repositories" element={<RepositoriesPage />} />
            </>
          )}
          <Route
            path="application/:cluster/:namespace/:kind/:name/*"
            element={<ApplicationPage />}
          />
          <Route
            path="*"
            element={
              <EmptyState
                title={t('common.notFound')}
                act={<BackToApplications />}
              />
            }
          />
        </Routes>
      </Suspense>
    </Crumb>
  );
}
