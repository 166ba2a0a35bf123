import {
  applicationUpdatePermission,
  type ApplicationResource as ResourceRow,
  type Consequence,
  type WorkloadAct,
} from '@amamba/backstage-plugin-amamba-common';
import type { AuditService } from '../audit';
import type { CallOptions } from '../http';
import type { Authorizer } from '../permissions';
import {
  targetOf,
  type ApplicationAccess,
  type ApplicationNames,
} from './ApplicationAccess';
import { resourceOf } from './view';
import type { WorkloadActs } from './workloads/WorkloadActs';

/** Facts of an act for the trail. */
function detailsOf({ act, workload, ...rest }: WorkloadAct) {
  return {
    act,
    workload: `${workload.kind}/${workload.name}`,
    ...('replicas' in rest ? { replicas: rest.replicas } : {}),
    ...('revision' in rest ? { revision: rest.revision } : {}),
    ...('images' in rest
      ? {
          images: rest.images
            .map(({ container, image }) => `${container}=${image}`)
            .join(', '),
        }
      : {}),
  };
}

/** Acts on workloads as callers get them: judged, done and recorded in one call. */
export class AuthorizedActs {
  readonly #access: ApplicationAccess;
  readonly #authorizer: Authorizer;
  readonly #audit: AuditService;
  readonly #workloads: WorkloadActs;

  constructor(options: {
    access: ApplicationAccess;
    authorizer: Authorizer;
    audit: AuditService;
    workloads: WorkloadActs;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#audit = options.audit;
    this.#workloads = options.workloads;
  }

  /** What an act would do. Nothing is written. */
  async preview(
    names: ApplicationNames,
    { act }: { act: WorkloadAct },
    options: CallOptions,
  ): Promise<Consequence> {
    const found = await this.#access.application(names, options);
    await this.#authorizer.require(
      applicationUpdatePermission,
      {
        workspace: found.workspace,
        application: targetOf(found, found.entry),
      },
      options,
    );
    return this.#workloads.preview(found.namespace, found.entry, act);
  }

  /** Does an act; answers the workload as it is right after. */
  async act(
    names: ApplicationNames,
    { act, basis }: { act: WorkloadAct; basis?: string },
    options: CallOptions,
  ): Promise<ResourceRow> {
    const found = await this.#access.application(names, options);
    const { workspace, namespace, entry, view } = found;
    const object = await this.#audit.act(
      {
        action: `application.${act.act}`,
        permission: applicationUpdatePermission,
        workspace,
        target: { application: targetOf(found, entry) },
        object: {
          kind: 'application',
          name: `${namespace.cluster}/${namespace.name}/${entry.name}`,
        },
        details: detailsOf(act),
      },
      options,
      () => this.#workloads.act(namespace, entry, act, basis),
    );
    return resourceOf(object, view, Date.now());
  }
}
