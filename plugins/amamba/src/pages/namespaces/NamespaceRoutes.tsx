import { lazy, Suspense } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { Crumb } from '../../components/Page';
import { EmptyState, Loading } from '../../components/States';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';
import { BackToNamespaces } from './BackToNamespaces';
import { ClustersPage } from './clusters/ClustersPage';
import { NamespacesPage } from './list/NamespacesPage';
import { NamespacePage } from './one/NamespacePage';

const CreateNamespacePage = lazy(() =>
  import('./form/CreateNamespacePage').then(module => ({
    default: module.CreateNamespacePage,
  })),
);
const EditNamespacePage = lazy(() =>
  import('./form/EditNamespacePage').then(module => ({
    default: module.EditNamespacePage,
  })),
);
const BindClusterPage = lazy(() =>
  import('./clusters/BindClusterPage').then(module => ({
    default: module.BindClusterPage,
  })),
);
const AdoptPage = lazy(() =>
  import('./clusters/AdoptPage').then(module => ({
    default: module.AdoptPage,
  })),
);

/** The pages below the list of namespaces. */
export function NamespaceRoutes() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  return (
    <Crumb label={t('namespaces.title')} href={workbench.namespaces(name)}>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<NamespacesPage />} />
          <Route
            path="new"
            element={
              <Crumb
                label={t('namespaces.create.act')}
                href={workbench.newNamespace(name)}
              >
                <CreateNamespacePage />
              </Crumb>
            }
          />
          <Route path="namespace/:cluster/:namespace/*" element={<One />} />
          <Route path="clusters/*" element={<Clusters />} />
          <Route path="*" element={<NothingHere />} />
        </Routes>
      </Suspense>
    </Crumb>
  );
}

function One() {
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { cluster = '', namespace = '' } = useParams();
  return (
    <Crumb
      key={`${cluster}/${namespace}`}
      label={namespace}
      href={workbench.namespace(workspace, cluster, namespace)}
    >
      <Routes>
        <Route
          index
          element={<NamespacePage cluster={cluster} name={namespace} />}
        />
        <Route
          path="edit"
          element={<EditNamespacePage cluster={cluster} name={namespace} />}
        />
        <Route path="*" element={<NothingHere />} />
      </Routes>
    </Crumb>
  );
}

function Clusters() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  return (
    <Crumb
      label={t('namespaces.clusters.title')}
      href={workbench.clusters(name)}
    >
      <Routes>
        <Route index element={<ClustersPage />} />
        <Route path=":cluster/*" element={<OneCluster />} />
      </Routes>
    </Crumb>
  );
}

function OneCluster() {
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  const { cluster = '' } = useParams();
  return (
    <Crumb
      key={cluster}
      label={cluster}
      href={workbench.cluster(workspace, cluster)}
    >
      <Routes>
        <Route index element={<BindClusterPage cluster={cluster} />} />
        <Route path="adopt" element={<AdoptPage cluster={cluster} />} />
        <Route path="*" element={<NothingHere />} />
      </Routes>
    </Crumb>
  );
}

function NothingHere() {
  const { t } = useAmambaTranslation();
  return <EmptyState title={t('common.notFound')} act={<BackToNamespaces />} />;
}
