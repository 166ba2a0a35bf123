/** The workspace that an entity belongs to. */
export const ENTITY_WORKSPACE_PATH =
  '/v1/entities/:kind/:namespace/:name/workspace';
