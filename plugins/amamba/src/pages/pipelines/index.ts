export { PipelineRoutes as InWorkspace } from './PipelineRoutes';
