import { PIPELINE_PATH } from '../pipelines/paths';

/** One run. */
export const RUN_PATH = `${PIPELINE_PATH}/runs/:run`;
