export { bench, type Figure } from './bench';
export { atLeast, atMost, below, exactly, type Must } from './must';
export { durationsMs, median, percentile, sideBySideMs } from './statistics';
