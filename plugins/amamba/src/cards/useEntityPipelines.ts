import type { PipelinePage } from '@amamba/backstage-plugin-amamba-common';
import { parseEntityRef } from '@backstage/catalog-model';
import useAsync from 'react-use/esm/useAsync';
import { useAmambaApi } from '../api';

const MAX_ROWS = 5;

/**
 * The pipelines of an entity whose runs are the newest; undefined until they are known, and where the entity belongs to
 * no workspace that the reader may see: a card that cannot say anything is not there.
 */
export function useEntityPipelines(
  entityRef: string,
): PipelinePage | undefined {
  const api = useAmambaApi();
  const { value } = useAsync(async () => {
    const { workspace } = await api.call('getEntityWorkspace', {
      params: parseEntityRef(entityRef),
    });
    return api.call('listPipelines', {
      params: { workspace: workspace.name },
      query: {
        entity: entityRef,
        sort: 'lastRun',
        order: 'desc',
        limit: MAX_ROWS,
      },
    });
  }, [api, entityRef]);
  return value;
}
