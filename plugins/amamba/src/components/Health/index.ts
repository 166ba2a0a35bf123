export { HealthStatus, useHealthOptions, useHealthWords } from './HealthStatus';
