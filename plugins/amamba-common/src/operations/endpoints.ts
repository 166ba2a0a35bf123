import { z } from 'zod';
import { defineEndpoint, json } from '../contract/endpoint';
import { WORKSPACE_PATH } from '../contract/paths';
import { inWorkspace } from '../contract/params';
import { operationSchema } from './schema';

/** Operations that take a while. */
export const operationEndpoints = {
  getOperation: defineEndpoint({
    id: 'getOperation',
    method: 'GET',
    path: `${WORKSPACE_PATH}/operations/:operation`,
    summary: 'How an operation is getting on',
    tag: 'applications',
    permissions: ['amamba.workspace.read'],
    params: inWorkspace.extend({ operation: z.uuid() }),
    response: json(operationSchema),
  }),
};
