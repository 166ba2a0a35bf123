import { z } from 'zod';
import { defineEndpoint, empty, json } from '../contract/endpoint';
import { inWorkspace, ofEntity } from '../contract/params';
import { WORKSPACE_PATH } from '../contract/paths';
import {
  pipelineCreatePermission,
  pipelineDeletePermission,
  pipelineReadPermission,
  pipelineUpdatePermission,
  workspaceReadPermission,
} from '../permissions';
import { ofPipeline } from './params';
import { ENTITY_PIPELINES_PATH, PIPELINE_PATH, PIPELINES_PATH } from './paths';
import {
  engineSchema,
  entityPipelinePageSchema,
  entityPipelineQuerySchema,
  pipelineDraftSchema,
  pipelinePageSchema,
  pipelineQuerySchema,
  pipelineSchema,
  pipelineUpdateSchema,
} from './schema';

/** Pipelines and the engines they live in. */
export const pipelineEndpoints = {
  listEngines: defineEndpoint({
    id: 'listEngines',
    method: 'GET',
    path: `${WORKSPACE_PATH}/engines`,
    summary: 'Engines that pipelines of the workspace can live in',
    tag: 'pipelines',
    permissions: [workspaceReadPermission.name],
    params: inWorkspace,
    response: json(z.object({ items: z.array(engineSchema) })),
  }),
  listPipelines: defineEndpoint({
    id: 'listPipelines',
    method: 'GET',
    path: PIPELINES_PATH,
    summary: 'Pipelines of a workspace, from the database',
    tag: 'pipelines',
    permissions: [pipelineReadPermission.name],
    params: inWorkspace,
    query: pipelineQuerySchema,
    response: json(pipelinePageSchema),
  }),
  listEntityPipelines: defineEndpoint({
    id: 'listEntityPipelines',
    method: 'GET',
    path: ENTITY_PIPELINES_PATH,
    summary:
      'Pipelines of an entity, from the database, and the workspace that it belongs to',
    tag: 'pipelines',
    permissions: [pipelineReadPermission.name],
    params: ofEntity,
    query: entityPipelineQuerySchema,
    response: json(entityPipelinePageSchema),
  }),
  createPipeline: defineEndpoint({
    id: 'createPipeline',
    method: 'POST',
    path: PIPELINES_PATH,
    summary: 'Create a pipeline',
    tag: 'pipelines',
    permissions: [pipelineCreatePermission.name],
    params: inWorkspace,
    body: pipelineDraftSchema,
    response: json(pipelineSchema, 201),
  }),
  getPipeline: defineEndpoint({
    id: 'getPipeline',
    method: 'GET',
    path: PIPELINE_PATH,
    summary: 'One pipeline',
    tag: 'pipelines',
    permissions: [pipelineReadPermission.name],
    params: ofPipeline,
    response: json(pipelineSchema),
  }),
  updatePipeline: defineEndpoint({
    id: 'updatePipeline',
    method: 'PUT',
    path: PIPELINE_PATH,
    summary: 'Change source or settings',
    tag: 'pipelines',
    permissions: [pipelineUpdatePermission.name],
    params: ofPipeline,
    body: pipelineUpdateSchema,
    response: json(pipelineSchema),
  }),
  deletePipeline: defineEndpoint({
    id: 'deletePipeline',
    method: 'DELETE',
    path: PIPELINE_PATH,
    summary: 'Delete a pipeline with its runs, here and in the engine',
    tag: 'pipelines',
    permissions: [pipelineDeletePermission.name],
    params: ofPipeline,
    response: empty,
  }),
  syncPipeline: defineEndpoint({
    id: 'syncPipeline',
    method: 'POST',
    path: `${PIPELINE_PATH}/sync`,
    summary: 'Write the pipeline to the engine again and read its newest runs',
    tag: 'pipelines',
    permissions: [pipelineUpdatePermission.name],
    params: ofPipeline,
    response: json(pipelineSchema),
  }),
};
