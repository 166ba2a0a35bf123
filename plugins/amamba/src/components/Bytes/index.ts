export { formatBytes } from './formatBytes';
