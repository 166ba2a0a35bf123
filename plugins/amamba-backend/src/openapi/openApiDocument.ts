import type { Endpoint } from '@amamba/backstage-plugin-amamba-common';
import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

const ERRORS: Record<number, string> = {
  400: 'The request does not fit; the message names the field',
  401: 'No valid Backstage token',
  403: 'The permission is missing',
  404: 'There is no such thing for the caller',
  409: 'Somebody else was faster, or it is not possible in this state',
  503: 'An engine or the catalog does not answer; the message names it',
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  });
  return rest;
}

function parameters(
  schema: z.ZodObject,
  where: 'path' | 'query',
): JsonSchema[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
}

function responses(endpoint: Endpoint): Record<string, JsonSchema> {
  const errors = Object.fromEntries(
    Object.entries(ERRORS).map(([status, description]) => [
      status,
      {
        description,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
          },
        },
      },
    ]),
  );
  const { response } = endpoint;
  if (response.kind === 'empty') {
    return { 204: { description: 'Done' }, ...errors };
  }
  const [status, content] =
    response.kind === 'json'
      ? [
          response.status,
          {
            'application/json': { schema: schemaOf(response.schema, 'output') },
          },
        ]
      : [200, { [response.contentType]: {} }];
  return { [status]: { description: endpoint.summary, content }, ...errors };
}

function operation(endpoint: Endpoint): JsonSchema {
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(endpoint.permissions.length > 0
      ? { 'x-permissions': endpoint.permissions }
      : {}),
    security: endpoint.auth === 'user' ? [{ backstage: [] }] : [{ event: [] }],
    parameters: [
      ...parameters(endpoint.params, 'path'),
      ...parameters(endpoint.query, 'query'),
    ],
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: schemaOf(endpoint.body, 'input') },
            },
          },
        }
      : {}),
    responses: responses(endpoint),
  };
}

/** The OpenAPI 3.1 document of the operations. */
export function openApiDocument(
  endpoints: Record<string, Endpoint>,
): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of Object.values(endpoints)) {
    const path = endpoint.path.replace(/:([a-zA-Z]+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [endpoint.method.toLocaleLowerCase('en-US')]: operation(endpoint),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Amamba for Backstage',
      version: 'v1',
      description:
        'From source to traffic in a Backstage portal. Times are ISO 8601 in UTC, durations milliseconds, sizes bytes.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/amamba' }],
    paths,
    components: {
      securitySchemes: {
        backstage: { type: 'http', scheme: 'bearer' },
        event: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Error: {
          type: 'object',
          description: 'What went wrong, where, and what to do',
          properties: {
            error: {
              type: 'object',
              properties: {
                name: { type: 'string' },
                message: { type: 'string' },
              },
              required: ['name', 'message'],
            },
            response: {
              type: 'object',
              properties: { statusCode: { type: 'integer' } },
            },
          },
          required: ['error'],
        },
      },
    },
  };
}
