/** Where things lie in this repository. All paths are absolute. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(
  /[\\/]$/,
  '',
);

/** Joins path segments to the repository's root. */
export const inRoot = (...segments) => join(root, ...segments);

/** Everything that a task makes and may lose: Node, yarn, logs, databases, the sandbox's state. Never committed. */
export const cache = inRoot('.cache');
