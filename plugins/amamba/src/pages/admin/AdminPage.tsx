import { Route, Routes } from 'react-router-dom';
import { CopyButton } from '../../components/Action';
import { StalenessBanner } from '../../components/Banner';
import { ClusterSetup } from '../../components/ClusterSetup';
import { Crumb, PageHeader, PageTabs } from '../../components/Page';
import { EmptyState, LiveView, statusOf } from '../../components/States';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useAmambaTranslation } from '../../translation';
import { ClustersView } from './ClustersView';
import { EnginesView } from './EnginesView';
import { ProblemsView } from './ProblemsView';
import { usePlatform, type Platform } from './usePlatform';

const FORBIDDEN = 403;

/** Clusters and engines, for those who look after the platform. */
export function AdminPage() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const platform = usePlatform();
  const { error } = platform.clusters;
  const refused = error && statusOf(error) === FORBIDDEN;
  return (
    <Crumb label={t('admin.title')} href={workbench.admin()}>
      <PageHeader
        title={t('admin.title')}
        live={refused ? undefined : platform.clusters}
      />
      {refused ? (
        <LiveView
          live={platform.clusters}
          failed={t('admin.clustersFailed')}
          back={
            <CopyButton
              label={t('common.copyRequest')}
              text={() => t('admin.request', { address: window.location.href })}
            />
          }
        >
          {() => null}
        </LiveView>
      ) : (
        <Views platform={platform} />
      )}
    </Crumb>
  );
}

function Views(props: { platform: Platform }) {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { platform } = props;
  const { clusters, engines } = platform;
  return (
    <>
      <PageTabs
        label={t('admin.title')}
        tabs={[
          {
            label: t('admin.views.problems'),
            to: workbench.admin(),
            end: true,
          },
          {
            label: t('admin.views.clusters'),
            to: workbench.admin('clusters'),
          },
          { label: t('admin.views.engines'), to: workbench.admin('engines') },
        ]}
      />
      <ClusterSetup setup={clusters.data?.setup} onCheck={clusters.retry} />
      <StalenessBanner
        warnings={clusters.data?.warnings}
        onRetry={clusters.retry}
      />
      <Routes>
        <Route index element={<ProblemsView platform={platform} />} />
        <Route path="clusters" element={<ClustersView live={clusters} />} />
        <Route path="engines" element={<EnginesView live={engines} />} />
        <Route path="*" element={<EmptyState title={t('common.notFound')} />} />
      </Routes>
    </>
  );
}
