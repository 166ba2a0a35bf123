import type { ApplicationResource } from '@amamba/backstage-plugin-amamba-node';
import type { openDatabase } from '../database';
import type { WorkspaceDirectory } from '../workspaces';
import { NamespacesStore } from './NamespacesStore';

/** Id of an application in questions to the permission framework: `cluster/namespace/kind/name`. */
export function applicationId(
  application: Pick<ApplicationResource, 'cluster' | 'namespace'> & {
    kind: string;
    name: string;
  },
): string {
  const { cluster, namespace, kind, name } = application;
  return [cluster, namespace, kind, name].join('/');
}

/** Applications by id as the permission framework judges them, in the order asked; undefined outside of owned namespaces. */
export function applicationResources(
  database: Awaited<ReturnType<typeof openDatabase>>,
  directory: Pick<WorkspaceDirectory, 'byRef'>,
): (ids: string[]) => Promise<(ApplicationResource | undefined)[]> {
  const store = new NamespacesStore(database);
  return ids =>
    Promise.all(
      ids.map(async id => {
        const [cluster = '', namespace = '', kind, name] = id.split('/');
        const record = await store.find({ cluster, name: namespace });
        if (!record) return undefined;
        const workspace = await directory.byRef(record.workspaceRef);
        return {
          workspaceRef: record.workspaceRef,
          environment: record.environment ?? workspace?.environment,
          ...{ cluster, namespace, kind, name },
        };
      }),
    );
}
