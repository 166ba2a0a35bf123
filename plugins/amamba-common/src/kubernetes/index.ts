export * from './health';
export * from './names';
export * from './objects';
export * from './podPhrase';
export * from './quantities';
export * from './quota';
export type * from './statusTypes';
export type { KubeFieldProblem } from './statusCauses';
export * from './statusWords';
