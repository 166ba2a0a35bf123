/** The reports of the public API (`plugins/<name>/report.api.md`). */

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

/**
 * What the reports are made of: the declarations of the entry points and what they reach, compiled anew. The compiler prints the
 * members of inferred unions in the order in which it met them, so declarations of an incremental compilation, or of one that
 * another test file took part in, would say the same in another order.
 */
const declarations = [
  '--project',
  'scripts/tsconfig.api.json',
  '--pretty',
  'false',
];

const reports = [
  'api-reports',
  'plugins/*',
  '--omit-messages',
  OMITTED.join(','),
];

/**
 * Writes the reports, or with `isCheck` fails when they are not up to date. `exec(program, args)` runs a program to its exit
 * code, which is given back.
 */
export async function apiReports(exec, { isCheck }) {
  return (
    (await exec('tsc', declarations)) ||
    exec('backstage-repo-tools', isCheck ? [...reports, '--ci'] : reports)
  );
}
