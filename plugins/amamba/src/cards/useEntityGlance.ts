import type {
  ApplicationPage,
  PipelinePage,
} from '@amamba/backstage-plugin-amamba-common';
import { fetchApiRef, useApi } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import useAsync from 'react-use/esm/useAsync';
import { readLight } from '../api/readLight';

const MAX_ROWS = 5;
/** Applications leave room for pipelines. */
const MAX_APPLICATIONS = 2;

/** What a card says of an entity. What could not be read is not there. */
export interface EntityGlance {
  pipelines?: PipelinePage;
  applications?: ApplicationPage;
}

/**
 * The pipelines of an entity whose runs are the newest, and those of its applications that need attention first; undefined until they are
 * known, and where the entity belongs to no workspace that the reader may see: a card that cannot say anything is not there.
 */
export function useEntityGlance(entityRef: string): EntityGlance | undefined {
  const fetchApi = useApi(fetchApiRef);
  const { value } = useAsync(async () => {
    const { workspace } = await readLight(fetchApi, 'getEntityWorkspace', {
      params: parseEntityRef(entityRef),
    });
    const params = { workspace: workspace.name };
    const [pipelines, applications] = await Promise.all([
      readLight(fetchApi, 'listPipelines', {
        params,
        query: {
          entity: entityRef,
          sort: 'lastRun',
          order: 'desc',
          limit: MAX_ROWS,
        },
      }).catch(() => undefined),
      readLight(fetchApi, 'listApplications', {
        params,
        query: { entity: entityRef, sort: 'health', limit: MAX_APPLICATIONS },
      }).catch(() => undefined),
    ]);
    const items = pipelines?.items.slice(
      0,
      MAX_ROWS - (applications?.items.length ?? 0),
    );
    return {
      pipelines: pipelines && { ...pipelines, items: items ?? [] },
      applications,
    };
  }, [fetchApi, entityRef]);
  return value;
}
