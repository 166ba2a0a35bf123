import { PageTabs } from '../../components/Page';
import { useAmambaRoutes } from '../../hooks/useAmambaRoutes';
import { useWorkspace } from '../../hooks/useWorkspace';
import { useAmambaTranslation } from '../../translation';

/** The views of the room: its namespaces, and the clusters that they can be on. */
export function RoomTabs() {
  const { t } = useAmambaTranslation();
  const { workbench } = useAmambaRoutes();
  const { name } = useWorkspace();
  return (
    <PageTabs
      label={t('namespaces.title')}
      tabs={[
        {
          label: t('namespaces.title'),
          to: workbench.namespaces(name),
          end: true,
        },
        {
          label: t('namespaces.clusters.title'),
          to: workbench.clusters(name),
        },
      ]}
    />
  );
}
