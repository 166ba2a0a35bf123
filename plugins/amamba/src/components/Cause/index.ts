export { Cause, isEntityRef, Person } from './Cause';
