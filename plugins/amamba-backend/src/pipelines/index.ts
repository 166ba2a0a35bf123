export {
  createPipelinesRoom,
  pipelineResources,
  type PipelinesRoom,
  type PipelinesRoomOptions,
} from './createPipelinesRoom';
export { createJenkinsEngine, readJenkinsEvent } from './engines/jenkins';
export type { EngineReports } from './sync/EngineReports';
export type { EventSource } from './sync/EventsService';
