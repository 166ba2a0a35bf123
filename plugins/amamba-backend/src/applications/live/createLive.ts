import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Router } from 'express';
import type { AuditService } from '../../audit';
import type { Authorizer } from '../../permissions';
import type { ApplicationAccess } from '../ApplicationAccess';
import type { ApplicationIndex } from '../read/ApplicationIndex';
import { AuthorizedLogs } from './AuthorizedLogs';
import { AuthorizedTerminals } from './AuthorizedTerminals';
import { PodLogs } from './PodLogs';
import { registerLive } from './router';
import { Seats } from './Seats';
import { Terminals } from './Terminals';
import type { TerminalTimes } from './TerminalSession';
import { auditedObject, endDetails } from './terminalTrail';

/** Logs and terminals of applications, as the room composes them. */
export interface Live {
  logs: AuthorizedLogs;
  terminals: AuthorizedTerminals;
  register(router: Router, deps: { httpAuth: HttpAuthService }): void;
  /** Ends all terminals. */
  stop(): Promise<void>;
}

/** @param options - times: for tests */
export function createLive(options: {
  access: ApplicationAccess;
  authorizer: Authorizer;
  audit: AuditService;
  index: ApplicationIndex;
  logger: LoggerService;
  times?: Partial<TerminalTimes>;
}): Live {
  const { access, authorizer, audit, index, logger, times } = options;
  const logs = new AuthorizedLogs({
    ...{ access, authorizer, logs: new PodLogs({ index }) },
    seats: new Seats({ what: 'logs', perUser: 20, total: 200 }),
  });
  const open = new Terminals({
    seats: new Seats({ what: 'terminals', perUser: 5, total: 50 }),
    times,
    onEnd: async (session, end) => {
      // Whoever closes one is in the trail with it.
      if (end.reason === 'closed') return;
      const { place } = session;
      try {
        await audit.system({
          action: 'terminal.close',
          workspace: { name: place.workspace },
          object: auditedObject(place),
          details: { ...endDetails(session, end), terminal: session.id },
        });
      } catch (error) {
        logger.error(
          'The end of a terminal could not be recorded',
          toError(error),
        );
      }
    },
  });
  const terminals = new AuthorizedTerminals({
    ...{ access, authorizer, audit, terminals: open },
  });
  return {
    ...{ logs, terminals },
    register: (router, { httpAuth }) =>
      registerLive(router, { httpAuth, logs, terminals }),
    stop: () => open.stop(),
  };
}
