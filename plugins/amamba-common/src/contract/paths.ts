/**
 * Addresses of the API, apart from the schemas, so that a page that asks for little does not load them all.
 */

/** One workspace. */
export const WORKSPACE_PATH = '/v1/workspaces/:workspace';
/** Pipelines of a workspace. */
export const PIPELINES_PATH = `${WORKSPACE_PATH}/pipelines`;
/** One pipeline. */
export const PIPELINE_PATH = `${PIPELINES_PATH}/:pipeline`;
/** One run. */
export const RUN_PATH = `${PIPELINE_PATH}/runs/:run`;
/** The workspace that an entity belongs to. */
export const ENTITY_WORKSPACE_PATH =
  '/v1/entities/:kind/:namespace/:name/workspace';

/** Path of a request, with every value encoded as one segment. */
export function requestPath(
  endpoint: { readonly path: string },
  params: Record<string, unknown>,
  query: Record<string, unknown> = {},
): string {
  const path = endpoint.path.replace(/:([a-zA-Z]+)/g, (_match, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
