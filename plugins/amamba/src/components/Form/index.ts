export { FormField } from './FormField';
export { PairRows, type PairRow } from './PairRows';
export { SaveBar } from './SaveBar';
export { schemaProblems, type Problems } from './problems';
export { useForm, type FieldProblem, type FormState } from './useForm';
export { useLeaveGuard, type LeaveGuard } from './useLeaveGuard';
export { useSave } from './useSave';
