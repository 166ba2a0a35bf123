export { Commit } from './Commit';
