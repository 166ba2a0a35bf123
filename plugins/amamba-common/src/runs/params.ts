import { ofPipeline } from '../pipelines/params';
import { runKeySchema } from './schema';

/** Path parameters of what belongs to a run. */
export const ofRun = ofPipeline.extend({ run: runKeySchema });
