import {
  APPLICATIONS_PATH,
  ENTITY_WORKSPACE_PATH,
  PIPELINES_PATH,
  requestPath,
  type EndpointArguments,
  type EndpointId,
  type EndpointOutput,
  type endpoints,
} from '@amamba/backstage-plugin-amamba-common';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';

type Endpoints = typeof endpoints;

const LIGHT_PATHS = {
  getEntityWorkspace: ENTITY_WORKSPACE_PATH,
  listPipelines: PIPELINES_PATH,
  listApplications: APPLICATIONS_PATH,
} as const satisfies Partial<Record<EndpointId, string>>;

/**
 * Reads JSON without the client and its schemas, for what every visitor of an entity loads. The answer is not checked:
 * who shows it copes with what is missing.
 */
export async function readLight<I extends keyof typeof LIGHT_PATHS>(
  fetchApi: FetchApi,
  id: I,
  input: EndpointArguments<Endpoints[I]>,
): Promise<EndpointOutput<Endpoints[I]>> {
  const path = requestPath(
    { path: LIGHT_PATHS[id] },
    { ...input.params },
    { ...input.query },
  );
  const response = await fetchApi.fetch(`plugin://amamba${path}`);
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return response.json();
}
