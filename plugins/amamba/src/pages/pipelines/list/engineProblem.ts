import type { Warning } from '@amamba/backstage-plugin-amamba-common';

/** What is wrong with the engine of a pipeline, from the warnings of a list; their source is `jenkins:ci`. */
export function engineProblem(
  engine: string,
  warnings: readonly Warning[],
): string | undefined {
  return warnings.find(({ source }) => source.endsWith(`:${engine}`))?.message;
}
