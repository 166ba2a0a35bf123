export * from './others';
export type * from './ownObjects';
export * from './workloads';
