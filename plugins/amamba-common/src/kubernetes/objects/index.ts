export * from './kinds';
export * from './meta';
export * from './network';
export * from './others';
export * from './pod';
export * from './selectors';
export * from './workloads';
