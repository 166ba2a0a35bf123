/** `node scripts/run.mjs exec <program> [arguments]`: runs a program of the dependencies, with them and the right Node in place. */
import { run } from '../lib/process.mjs';

export function main([program, ...args]) {
  return run(program, args);
}
