import { EmptyState } from '../../../../components/States';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../applicationScope';
import { ObjectPanel } from '../panel/ObjectPanel';
import { usePanel } from '../panel/usePanel';
import { groupResources } from './groups';
import { PodTable } from './PodTable';
import { ResourceTable } from './ResourceTable';

/** The objects of an application, by what they are for. */
export default function ResourcesTab() {
  const { t } = useAmambaTranslation();
  const { application } = useApplication();
  const panel = usePanel();
  const groups = groupResources(application.resources);
  if (groups.length === 0) {
    return <EmptyState title={t('applications.resources.none')} />;
  }
  return (
    <>
      {groups.map(([group, resources]) => (
        <ResourceTable
          key={group}
          title={t(`applications.resources.${group}`)}
          resources={resources}
        />
      ))}
      <PodTable />
      {panel.object && (
        <ObjectPanel object={panel.object} onClose={panel.close} />
      )}
    </>
  );
}
