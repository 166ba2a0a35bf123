import {
  applicationDeletePermission,
  type Consequence,
  type Operation,
  type Propagation,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import type { CallOptions } from '../http';
import type { AuditedOperations } from '../operations';
import type { Authorizer } from '../permissions';
import {
  targetOf,
  type ApplicationAccess,
  type ApplicationNames,
} from './ApplicationAccess';
import type { DeletionService } from './deletion/DeletionService';
import {
  nameOf,
  planDeletion,
  type DeletionRequest,
} from './deletion/planDeletion';

/** Deleting applications, as callers get it: judged, done and recorded. */
export class AuthorizedDeletion {
  readonly #access: ApplicationAccess;
  readonly #authorizer: Authorizer;
  readonly #operations: AuditedOperations;
  readonly #deletion: DeletionService;

  constructor(options: {
    access: ApplicationAccess;
    authorizer: Authorizer;
    operations: AuditedOperations;
    deletion: DeletionService;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#operations = options.operations;
    this.#deletion = options.deletion;
  }

  /** What deleting it would lose. Nothing is written. */
  async preview(
    names: ApplicationNames,
    request: DeletionRequest,
    options: CallOptions,
  ): Promise<Consequence> {
    const found = await this.#access.application(names, options);
    await this.#authorizer.require(
      applicationDeletePermission,
      {
        workspace: found.workspace,
        application: targetOf(found, found.entry),
      },
      options,
    );
    return planDeletion(found.entry, found.view, request).consequence;
  }

  /** Deletes an application, and answers as soon as that has begun. */
  async delete(
    names: ApplicationNames,
    request: {
      propagation: Propagation;
      keep: readonly string[];
      confirm?: string;
    },
    options: CallOptions,
  ): Promise<Operation> {
    const found = await this.#access.application(names, options);
    const { workspace, namespace, entry, view } = found;
    const { propagation, keep, confirm } = request;
    return this.#operations.begin(
      {
        action: 'application.delete',
        permission: applicationDeletePermission,
        workspace,
        target: { application: targetOf(found, entry) },
        object: {
          kind: 'application',
          name: `${namespace.cluster}/${namespace.name}/${entry.name}`,
        },
        details: { propagation, kind: entry.kind },
      },
      options,
      async ({ add }) => {
        const plan = planDeletion(entry, view, { propagation, keep });
        add({
          objects: plan.objects.map(nameOf).join(', ').slice(0, 1_000),
        });
        if (plan.volumes.length > 0 && confirm !== entry.name) {
          throw new InputError(
            `confirm: The data of ${plan.volumes.join(', ')} would be lost. Type the name of the application, ${entry.name}.`,
          );
        }
        return {
          kind: 'application.delete',
          object: `${namespace.name}/${entry.name}`,
          lock: `${namespace.cluster}/${namespace.name}/${entry.kind}/${entry.name}`,
          work: progress =>
            this.#deletion.run(namespace, plan, propagation, progress),
        };
      },
    );
  }
}
