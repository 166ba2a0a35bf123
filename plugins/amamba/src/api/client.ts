import { AmambaClient } from '@amamba/backstage-plugin-amamba-common';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { AmambaApi } from './AmambaApi';

/** The client with the schemas of the whole contract. Loaded by `createLazyClient` only. */
export function createClient(fetchApi: FetchApi): AmambaApi {
  return new AmambaClient({ fetch: (url, init) => fetchApi.fetch(url, init) });
}
