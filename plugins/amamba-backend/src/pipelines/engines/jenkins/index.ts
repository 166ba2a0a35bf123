export { readJenkinsEvent } from './events';
export type { JenkinsOptions } from './JenkinsClient';
export { createJenkinsEngine, type JenkinsEngine } from './JenkinsEngine';
