import {
  SIGNAL_CHANNEL,
  type ChangeSignal,
} from '@amamba/backstage-plugin-amamba-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { WorkspaceDirectory } from '../workspaces';

/** Changes of one thing within this time become one signal. */
const COALESCE_MS = 150;

/** Tells open browsers that something changed, and nothing else. */
export class LiveService {
  readonly #signals: SignalsService;
  readonly #directory: WorkspaceDirectory;
  readonly #logger: LoggerService;
  readonly #waiting = new Map<string, ChangeSignal>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    signals: SignalsService;
    directory: WorkspaceDirectory;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#directory = options.directory;
    this.#logger = options.logger;
  }

  /** Announces a change to everybody who has a role in the workspace. Returns at once. */
  changed(signal: ChangeSignal): void {
    this.#waiting.set(JSON.stringify(signal), signal);
    this.#timer ??= setTimeout(() => this.#flush(), COALESCE_MS);
    this.#timer.unref();
  }

  #flush(): void {
    const signals = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#timer = undefined;
    for (const signal of signals) {
      this.#publish(signal).catch(error =>
        this.#logger.debug('A signal was not sent', toError(error)),
      );
    }
  }

  async #publish(message: ChangeSignal): Promise<void> {
    const workspace = await this.#directory.byName(message.workspace);
    if (!workspace) return;
    await this.#signals.publish({
      channel: SIGNAL_CHANNEL,
      recipients: {
        type: 'user',
        entityRef: [...new Set(workspace.grants.map(grant => grant.subject))],
      },
      message: { ...message },
    });
  }
}
