import type { Operation } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import type { ActEvent, AuditService, CallersAct } from '../audit';
import type { CallOptions } from '../http';
import type {
  OperationPlan,
  OperationsService,
  Progress,
} from './OperationsService';

/** What a caller may begin: all that could be checked before is checked. */
export interface PreparedWork extends Pick<
  OperationPlan,
  'kind' | 'object' | 'lock'
> {
  /** does it; what it throws is why it failed */
  work(progress: Progress): Promise<void>;
}

/** Acts that take longer than a request: judged at once, answered as soon as they have begun, recorded when they have ended. */
export class AuditedOperations {
  readonly #audit: AuditService;
  readonly #operations: Pick<OperationsService, 'begin'>;

  constructor(options: {
    audit: AuditService;
    operations: Pick<OperationsService, 'begin'>;
  }) {
    this.#audit = options.audit;
    this.#operations = options.operations;
  }

  /**
   * Judges whether the caller may, prepares the act and begins it. The row of the trail says how it ended: refused, failed before
   * or after it had begun, or done.
   * @param prepare - checks what can be checked before anything is changed; what it throws is the answer
   */
  begin(
    act: CallersAct,
    options: CallOptions,
    prepare: (event: ActEvent) => Promise<PreparedWork>,
  ): Promise<Operation> {
    return new Promise((resolve, reject) => {
      this.#audit
        .act(act, options, async event => {
          const { work, ...plan } = await prepare(event);
          let failure: Error | undefined;
          const { operation, ended } = await this.#operations.begin(
            { ...plan, workspace: act.workspace, actor: event.actor },
            async progress => {
              try {
                await work(progress);
              } catch (error) {
                failure = toError(error);
                throw error;
              }
            },
          );
          resolve(operation);
          await ended;
          if (failure) throw failure;
        })
        // once it has begun, its end is in the operation and in the trail
        .catch(reject);
    });
  }
}
