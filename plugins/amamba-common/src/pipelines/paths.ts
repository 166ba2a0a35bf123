import { WORKSPACE_PATH } from '../contract/paths';

/** Pipelines of a workspace. */
export const PIPELINES_PATH = `${WORKSPACE_PATH}/pipelines`;
/** One pipeline. */
export const PIPELINE_PATH = `${PIPELINES_PATH}/:pipeline`;
/** Pipelines of an entity. */
export const ENTITY_PIPELINES_PATH =
  '/v1/entities/:kind/:namespace/:name/pipelines';
