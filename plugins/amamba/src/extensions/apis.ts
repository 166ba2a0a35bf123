import { ApiBlueprint, fetchApiRef } from '@backstage/frontend-plugin-api';
import { amambaApiRef, createLazyClient } from '../api';

/** The client of the backend. */
export const clientApi = ApiBlueprint.make({
  name: 'client',
  params: define =>
    define({
      api: amambaApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createLazyClient(fetchApi),
    }),
});
