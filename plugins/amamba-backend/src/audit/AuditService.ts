import {
  auditReadPermission,
  type AuditPage,
  type AuditQuery,
  type AuditRecord,
  type AuditResult,
} from '@amamba/backstage-plugin-amamba-common';
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import {
  isResourcePermission,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { randomUUID } from 'crypto';
import type { Request } from 'express';
import type { CallOptions } from '../http';
import type { Authorizer, Target } from '../permissions';
import type { WorkspaceRecord, WorkspacesService } from '../workspaces';
import type { AuditStore } from './AuditStore';

/** Facts of a change that are worth keeping; never a secret. */
export type AuditDetails = AuditRecord['details'];

/** A change of something, as the trail names it. */
export interface AuditedAct {
  /** `run.start`: the object's kind and a verb */
  action: string;
  workspace: Pick<WorkspaceRecord, 'name'>;
  object: { kind: string; name: string };
  details?: AuditDetails;
}

/** A change that a caller is about to make. */
export interface CallersAct extends AuditedAct {
  workspace: WorkspaceRecord;
  /** what the caller needs for it: on the target, or on the platform */
  permission: ResourcePermission | BasicPermission;
  /** what is judged besides the workspace, for permissions that are decided on it */
  target?: Omit<Target, 'workspace'>;
}

/** The act while it is done. */
export interface ActEvent {
  /** who does it: reference of a user, or of a service */
  actor: string;
  /** adds what the act learns on the way to the trail */
  add(details: AuditDetails): void;
}

type Judge = Pick<Authorizer, 'identity' | 'require' | 'requirePlatform'>;

/** What the portal did by itself. */
const SYSTEM_ACTOR = 'plugin:amamba';

/** Writes every change, and every attempt at one, to the auditor service and to the page that shows it. */
export class AuditService {
  readonly #auditor: AuditorService;
  readonly #store: AuditStore;
  readonly #authorizer: Judge;
  readonly #workspaces: Pick<WorkspacesService, 'get'>;
  readonly #logger: LoggerService;

  constructor(options: {
    auditor: AuditorService;
    store: AuditStore;
    authorizer: Judge;
    workspaces: Pick<WorkspacesService, 'get'>;
    logger: LoggerService;
  }) {
    this.#auditor = options.auditor;
    this.#store = options.store;
    this.#authorizer = options.authorizer;
    this.#workspaces = options.workspaces;
    this.#logger = options.logger;
  }

  /**
   * Judges whether the caller may, does the act and records how it ended: done, failed, or refused when the permission is
   * missing or the act threw a `NotAllowedError`. The only way in which a caller changes anything, so that neither the
   * judging nor the trail can be forgotten.
   */
  async act<T>(
    act: CallersAct,
    options: CallOptions,
    fn: (event: ActEvent) => Promise<T>,
  ): Promise<T> {
    const { actor } = await this.#authorizer.identity(options.credentials);
    const details: AuditDetails = { ...act.details };
    const trail = await this.#begin(act, actor, options.request);
    try {
      await this.#judge(act, options);
      const result = await fn({
        actor,
        add: more => Object.assign(details, more),
      });
      await trail.done(details);
      return result;
    } catch (cause) {
      await trail.failed(toError(cause), details);
      throw cause;
    }
  }

  /**
   * Records what the portal did by itself, when it is over.
   * @param error - why it failed, when it did
   */
  async system(act: AuditedAct, error?: Error): Promise<void> {
    const trail = await this.#begin(act, SYSTEM_ACTOR);
    const details = act.details ?? {};
    if (error) await trail.failed(error, details);
    else await trail.done(details);
  }

  /** Changes in a workspace, for those who may read its audit. */
  async list(
    workspaceName: string,
    query: AuditQuery,
    options: CallOptions,
  ): Promise<AuditPage> {
    const workspace = await this.#workspaces.get(workspaceName, options);
    await this.#authorizer.require(auditReadPermission, { workspace }, options);
    return this.#store.list(workspace.name, query);
  }

  #judge(
    { permission, workspace, target }: CallersAct,
    options: CallOptions,
  ): Promise<void> {
    return isResourcePermission(permission)
      ? this.#authorizer.require(permission, { workspace, ...target }, options)
      : this.#authorizer.requirePlatform(permission, options);
  }

  /** Tells the auditor service that the act begins; what is given back tells both trails how it ended. */
  async #begin(act: AuditedAct, actor: string, request?: Request) {
    const event = await this.#auditor.createEvent({
      eventId: act.action.replace(/\./g, '-'),
      severityLevel: 'medium',
      request,
      meta: {
        workspace: act.workspace.name,
        object: `${act.object.kind}:${act.object.name}`,
        actor,
      },
    });
    return {
      done: async (details: AuditDetails) => {
        await event.success({ meta: details });
        await this.#record(act, actor, 'done', details);
      },
      failed: async (error: Error, details: AuditDetails) => {
        await event.fail({ error, meta: details });
        const isRefused =
          error instanceof NotAllowedError || error.name === 'NotAllowedError';
        const result = isRefused ? 'refused' : 'failed';
        await this.#record(act, actor, result, details, error.message);
      },
    };
  }

  async #record(
    act: AuditedAct,
    actor: string,
    result: AuditResult,
    details: AuditDetails,
    reason?: string,
  ): Promise<void> {
    try {
      await this.#store.add({
        id: randomUUID(),
        at: new Date().toISOString(),
        actor,
        workspace: act.workspace.name,
        action: act.action,
        objectKind: act.object.kind,
        objectName: act.object.name,
        result,
        reason,
        details,
      });
    } catch (error) {
      // The act itself is over; the auditor service has it, so the trail is not lost with the row.
      this.#logger.error('An audit row could not be written', toError(error));
    }
  }
}
