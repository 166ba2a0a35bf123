import { z } from 'zod';
import { defineEndpoint, json } from '../contract/endpoint';
import {
  clusterHealthSchema,
  clusterListSchema,
  clusterNameSchema,
  engineHealthSchema,
} from './schema';

const PLATFORM_READ = ['amamba.platform.read'];

/** Operations on the platform: what an admin of the portal looks at. */
export const clusterEndpoints = {
  listClusters: defineEndpoint({
    id: 'listClusters',
    method: 'GET',
    path: '/v1/clusters',
    summary: 'Health, version and capabilities of every cluster',
    tag: 'platform',
    permissions: PLATFORM_READ,
    response: json(clusterListSchema),
  }),
  checkCluster: defineEndpoint({
    id: 'checkCluster',
    method: 'POST',
    path: '/v1/clusters/:cluster/check',
    summary: 'Look at a cluster again, now',
    tag: 'platform',
    permissions: PLATFORM_READ,
    params: z.object({ cluster: clusterNameSchema }),
    response: json(clusterHealthSchema),
  }),
  listEngineHealth: defineEndpoint({
    id: 'listEngineHealth',
    method: 'GET',
    path: '/v1/engines',
    summary: 'Health of every engine',
    tag: 'platform',
    permissions: PLATFORM_READ,
    response: json(z.object({ items: z.array(engineHealthSchema) })),
  }),
};
