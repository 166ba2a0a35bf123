/** Names the workspace of an entity (a group's name or reference) when it is not the owner. */
export const WORKSPACE_ANNOTATION = 'amamba.io/workspace';

/** Names of pipelines, separated by commas, that an entity shows besides those created for it. */
export const PIPELINES_ANNOTATION = 'amamba.io/pipelines';

/** On a group: its environment, e.g. `prod`, inherited by pipelines that name none. */
export const ENVIRONMENT_ANNOTATION = 'amamba.io/environment';
