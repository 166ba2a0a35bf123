/** Kinds of entities that have owners, and so a workspace. */
export const ENTITY_KINDS = ['component', 'system', 'resource', 'api'] as const;
