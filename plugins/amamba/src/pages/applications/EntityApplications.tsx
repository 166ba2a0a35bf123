import { EntityTab } from '../scaffold/EntityTab';
import { ApplicationRoutes } from './ApplicationRoutes';

/** The tab of an entity: its applications and everything below them. */
export function EntityApplications() {
  return (
    <EntityTab room="applications">
      <ApplicationRoutes />
    </EntityTab>
  );
}
