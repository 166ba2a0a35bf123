import { useNavigate } from 'react-router-dom';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useShortcut } from '../../hooks/shortcuts';
import { useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';

/** The keys that lead from room to room. */
export function RoomShortcuts() {
  const { t } = useAmambaTranslation();
  const navigate = useNavigate();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  useShortcut('g o', t('workspaces.overview.title'), () =>
    navigate(workbench.overview(name)),
  );
  useShortcut('g p', t('pipelines.title'), () =>
    navigate(workbench.pipelines(name)),
  );
  useShortcut('g u', t('audit.title'), () => navigate(workbench.audit(name)));
  return null;
}
