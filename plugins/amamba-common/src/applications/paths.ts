import { WORKSPACE_PATH } from '../contract/paths';

/** Applications of a workspace. */
export const APPLICATIONS_PATH = `${WORKSPACE_PATH}/applications`;
/** One application. */
export const APPLICATION_PATH = `${APPLICATIONS_PATH}/:cluster/:namespace/:kind/:name`;
