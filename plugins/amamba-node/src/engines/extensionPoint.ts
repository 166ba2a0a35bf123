import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { PipelineEngine } from './PipelineEngine';

/** Lets a backend module add engines besides those of the configuration. */
export interface PipelineEnginesExtensionPoint {
  /** @throws Error when an engine with this id exists already */
  addEngine(engine: PipelineEngine): void;
}

/** Extension point of {@link PipelineEnginesExtensionPoint}. */
export const pipelineEnginesExtensionPoint =
  createExtensionPoint<PipelineEnginesExtensionPoint>({
    id: 'amamba.pipelineEngines',
  });
