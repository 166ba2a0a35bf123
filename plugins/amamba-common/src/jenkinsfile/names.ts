/** The conditions of a `post` section, in the order in which Jenkins runs them. */
export const POST_CONDITIONS = [
  ...['always', 'changed', 'fixed', 'regression', 'aborted', 'failure'],
  ...['success', 'unstable', 'unsuccessful', 'notBuilt', 'cleanup'],
] as const;

/** The conditions of a `when` section, and how many conditions each may hold: undefined is one or more. */
export const WHEN_CONDITIONS: ReadonlyMap<string, number | undefined> = new Map(
  [
    ['allOf', undefined],
    ['anyOf', undefined],
    ['branch', 0],
    ['buildingTag', 0],
    ['changeRequest', 0],
    ['changelog', 0],
    ['changeset', 0],
    ['environment', 0],
    ['equals', 0],
    ['expression', 0],
    ['isRestartedRun', 0],
    ['not', 1],
    ['tag', 0],
    ['triggeredBy', 0],
  ],
);

/** Agent types that take no configuration. */
export const BARE_AGENTS: ReadonlySet<string> = new Set(['any', 'none']);

/** Whether a name can be an environment variable's in a declarative pipeline. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
