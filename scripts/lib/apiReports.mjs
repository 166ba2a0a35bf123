/** Arguments of backstage-repo-tools for the reports of the public API (`plugins/<name>/report.api.md`). */

/**
 * Messages that say nothing here: everything that an index.ts exports is public, so no export carries a release tag; TSDoc stands
 * where a name does not say it all; the contract's schemas are built of parts that nobody needs by name; and
 * types of the workspace's other packages are read from their sources.
 */
const OMITTED = [
  'ae-missing-release-tag',
  'ae-undocumented',
  'ae-forgotten-export',
  'ae-wrong-input-file-type',
];

/** Needs the declarations that `tsc` writes to dist-types. */
export const apiReports = [
  'api-reports',
  'plugins/*',
  '--omit-messages',
  OMITTED.join(','),
];
