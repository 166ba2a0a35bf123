import type { PipelinePage } from '@amamba/backstage-plugin-amamba-common';
import { fetchApiRef, useApi } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import useAsync from 'react-use/esm/useAsync';
import { readLight } from '../api/readLight';

const MAX_ROWS = 5;

/**
 * The pipelines of an entity whose runs are the newest; undefined until they are known, and where the entity belongs to
 * no workspace that the reader may see: a card that cannot say anything is not there.
 */
export function useEntityPipelines(
  entityRef: string,
): PipelinePage | undefined {
  const fetchApi = useApi(fetchApiRef);
  const { value } = useAsync(async () => {
    const { workspace } = await readLight(fetchApi, 'getEntityWorkspace', {
      params: parseEntityRef(entityRef),
    });
    return readLight(fetchApi, 'listPipelines', {
      params: { workspace: workspace.name },
      query: {
        entity: entityRef,
        sort: 'lastRun',
        order: 'desc',
        limit: MAX_ROWS,
      },
    });
  }, [fetchApi, entityRef]);
  return value;
}
