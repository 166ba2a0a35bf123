import { existsSync } from 'fs';
import { join, resolve } from 'path';

/**
 * A path in the conformance data that lies beside the repository (or where AMAMBA_CORPUS says), or undefined when it
 * is not there: tests that need it are then skipped.
 */
export function corpusPath(...parts: string[]): string | undefined {
  const root =
    process.env.AMAMBA_CORPUS ??
    resolve(__dirname, '../../../../../../../shared/corpus');
  const path = join(root, ...parts);
  return existsSync(path) ? path : undefined;
}
