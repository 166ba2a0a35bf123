/** What takes longer than a request. */
export { AuditedOperations, type PreparedWork } from './AuditedOperations';
export {
  OperationsService,
  type OperationPlan,
  type Progress,
} from './OperationsService';
export { OperationsStore } from './OperationsStore';
export { registerOperations } from './router';
