/**
 * Addresses of the API stand apart from the schemas, so that a page that asks for little does not load them all: the ones
 * of a domain in its `paths.ts`.
 */

/** One workspace. */
export const WORKSPACE_PATH = '/v1/workspaces/:workspace';

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
