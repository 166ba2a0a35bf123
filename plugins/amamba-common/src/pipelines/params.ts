import { inWorkspace } from '../contract/params';
import { pipelineNameSchema } from '../contract/primitives';

/** Path parameters of what belongs to a pipeline. */
export const ofPipeline = inWorkspace.extend({ pipeline: pipelineNameSchema });
