import { Route, Routes } from 'react-router-dom';
import { Crumb } from '../../../components/Page';
import { useAmambaRoutes } from '../../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../../translation';
import { BackToApplications } from '../list/ApplicationsPage';
import { ChartPage } from './ChartPage';
import { ChartsPage } from './ChartsPage';
import { InstallPage } from './InstallPage';

/** Charts: the list, one of them, its installation. */
export default function HelmRoutes() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name: workspace } = useWorkspace();
  return (
    <Crumb label={t('helm.charts.label')} href={workbench.charts(workspace)}>
      <Routes>
        <Route index element={<ChartsPage />} />
        <Route path=":repository/:chart" element={<ChartPage />} />
        <Route path=":repository/:chart/install" element={<InstallPage />} />
        <Route path="*" element={<BackToApplications />} />
      </Routes>
    </Crumb>
  );
}
