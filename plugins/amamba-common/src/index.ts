/**
 * Contract, permissions and pure logic that the Amamba packages share.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './applications/acts';
export * from './applications/health';
export * from './applications/logs';
export * from './applications/paths';
export * from './applications/schema';
export * from './audit/schema';
export * from './client/AmambaClient';
export * from './clusters/schema';
export * from './contract/endpoint';
export * from './contract/paths';
export * from './contract/primitives';
export * from './cron';
export * from './endpoints';
export * from './helm/schema';
export * from './helm/values';
export * from './jenkinsfile';
export * from './kubernetes';
export * from './namespaces/schema';
export * from './operations/schema';
export * from './overview/schema';
export * from './permissions';
export * from './pipelines/parameters';
export * from './pipelines/paths';
export * from './pipelines/schema';
export * from './rollouts';
export * from './runs/graph';
export * from './runs/log';
export * from './runs/paths';
export * from './runs/schema';
export * from './signals';
export * from './workspaces/names';
export * from './workspaces/paths';
export * from './workspaces/schema';
