import { z } from 'zod';
import { defineEndpoint, empty } from '../contract/endpoint';
import { engineIdSchema } from '../pipelines/schema';

/** What engines send by themselves. */
export const eventEndpoints = {
  receiveJenkinsEvent: defineEndpoint({
    id: 'receiveJenkinsEvent',
    method: 'POST',
    path: '/v1/events/jenkins/:engine',
    summary:
      "Inbox for Jenkins' generic-event plugin; the token stands in the Authorization header or the query",
    tag: 'events',
    auth: 'token',
    params: z.object({ engine: engineIdSchema }),
    query: z.object({ token: z.string().max(500).optional() }),
    body: z.looseObject({ id: z.string().max(200), type: z.string().max(100) }),
    response: empty,
  }),
};
