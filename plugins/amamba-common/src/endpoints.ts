import { applicationEndpoints } from './applications/endpoints';
import { auditEndpoints } from './audit/endpoints';
import { clusterEndpoints } from './clusters/endpoints';
import { eventEndpoints } from './events/endpoints';
import { helmEndpoints } from './helm/endpoints';
import { namespaceEndpoints } from './namespaces/endpoints';
import { operationEndpoints } from './operations/endpoints';
import { overviewEndpoints } from './overview/endpoints';
import { pipelineEndpoints } from './pipelines/endpoints';
import { runEndpoints } from './runs/endpoints';
import { workspaceEndpoints } from './workspaces/endpoints';

/** The whole HTTP API: the operations of each domain, in the order of the document. */
export const endpoints = {
  ...workspaceEndpoints,
  ...overviewEndpoints,
  ...auditEndpoints,
  ...pipelineEndpoints,
  ...runEndpoints,
  ...eventEndpoints,
  ...clusterEndpoints,
  ...namespaceEndpoints,
  ...applicationEndpoints,
  ...helmEndpoints,
  ...operationEndpoints,
};

/** Names of all operations. */
export type EndpointId = keyof typeof endpoints;
