import { EmptyState } from '../../../../components/States';
import { useAmambaTranslation } from '../../../../translation';
import { useApplication } from '../applicationScope';
import { groupResources } from './groups';
import { ResourceTable } from './ResourceTable';

/** The objects of an application, by what they are for. */
export default function ResourcesTab() {
  const { t } = useAmambaTranslation();
  const { application } = useApplication();
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
    </>
  );
}
