export {
  AuditService,
  type AuditDetails,
  type AuditedAct,
  type ActEvent,
  type CallersAct,
} from './AuditService';
export { AuditStore } from './AuditStore';
export { registerAudit } from './router';
