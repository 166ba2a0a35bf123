export { AuditPage as InWorkspace } from './AuditPage';
