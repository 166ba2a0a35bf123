import type { BuildResult, FlowNodeState } from '../types';
import { Throwable } from '../groovy/errors';

/** Jenkins' order; a result of a build can only get worse. */
const ORDER: readonly BuildResult[] = [
  'SUCCESS',
  'UNSTABLE',
  'FAILURE',
  'NOT_BUILT',
  'ABORTED',
];

export function worst(...results: (BuildResult | undefined)[]): BuildResult {
  const index = Math.max(0, ...results.map(r => (r ? ORDER.indexOf(r) : 0)));
  return ORDER[index];
}

export function isWorse(a: BuildResult, b: BuildResult): boolean {
  return ORDER.indexOf(a) > ORDER.indexOf(b);
}

/** `Result.fromString`: any case; what is no result is a failure. */
export function parseResult(text: string): BuildResult {
  return ORDER.find(result => result === text.toUpperCase()) ?? 'FAILURE';
}

/** The result that an uncaught exception gives. */
export function resultOf(error: Throwable): BuildResult {
  return error.interruption?.result ?? 'FAILURE';
}

const STATES: Readonly<Record<BuildResult, FlowNodeState>> = {
  SUCCESS: 'success',
  UNSTABLE: 'unstable',
  FAILURE: 'failure',
  NOT_BUILT: 'not_built',
  ABORTED: 'aborted',
};

export function stateOf(result: BuildResult): FlowNodeState {
  return STATES[result];
}
