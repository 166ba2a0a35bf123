export {
  AuditService,
  type AuditDetails,
  type AuditedAct,
  type AuditEvent,
} from './AuditService';
export { AuditStore } from './AuditStore';
export { registerAudit } from './router';
