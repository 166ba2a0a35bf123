import type { AmambaClient } from '@amamba/backstage-plugin-amamba-common';
import {
  createApiRef,
  useApi,
  type FetchApi,
} from '@backstage/frontend-plugin-api';

/** What the pages need of the backend: one call an operation. */
export type AmambaApi = Pick<AmambaClient, 'call' | 'open'>;

/** The backend's HTTP API. */
export const amambaApiRef = createApiRef<AmambaApi>().with({
  id: 'plugin.amamba.client',
  pluginId: 'amamba',
});

/** The backend's HTTP API. */
export function useAmambaApi(): AmambaApi {
  return useApi(amambaApiRef);
}

/**
 * The client, loaded with its schemas at the first call, so that a portal that starts does not carry them.
 * @param fetchApi - the portal's, which knows the addresses of plugins and adds the user's token
 */
export function createLazyClient(fetchApi: FetchApi): AmambaApi {
  let client: Promise<AmambaApi> | undefined;
  const load = () => {
    client ??= import('./client').then(
      ({ createClient }) => createClient(fetchApi),
      error => {
        // a chunk that did not arrive is asked for again at the next call
        client = undefined;
        throw error;
      },
    );
    return client;
  };
  return {
    call: async (id, input, options) => (await load()).call(id, input, options),
    open: async (id, input, options) => (await load()).open(id, input, options),
  };
}
