/** `node scripts/run.mjs control-plane …`: the local Kubernetes, see packages/sandbox/control-plane/README.md. */
import { run } from '../lib/process.mjs';
import { controlPlaneScript } from '../lib/controlPlane.mjs';

export function main(args) {
  return run(process.execPath, [controlPlaneScript, ...args], {
    cwd: process.cwd(),
  });
}
