import { AmambaClient } from '@amamba/backstage-plugin-amamba-common';
import type { FetchApi } from '@backstage/frontend-plugin-api';

/** The client with the schemas of the whole contract. Loaded by `createLazyClient` only. */
export function createClient(fetchApi: FetchApi): AmambaClient {
  return new AmambaClient({ fetch: (url, init) => fetchApi.fetch(url, init) });
}
