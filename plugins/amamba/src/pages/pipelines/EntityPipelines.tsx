import { EntityTab } from '../scaffold/EntityTab';
import { PipelineRoutes } from './PipelineRoutes';

/** The tab of an entity: its pipelines and everything below them. */
export function EntityPipelines() {
  return (
    <EntityTab room="pipelines">
      <PipelineRoutes />
    </EntityTab>
  );
}
