export { RunButton } from './RunButton';
export { useRunner, type Runnable, type Runner } from './useRunner';
