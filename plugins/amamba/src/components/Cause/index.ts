export { Cause, Person } from './Cause';
