import type { PodLogLine } from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import type { LogBatch, LogLine } from '../../clusters';
import type { LogContainer } from './chooseContainers';

type Notice = Extract<PodLogLine, { type: 'notice' }>;

/** Something that a log gives. */
export type LogPart =
  | { type: 'lines'; lines: readonly LogLine[] }
  | { type: 'notice'; notice: Notice };

/**
 * The log of one container as parts of the answer. What is there is taken by {@link backlog}, what comes then by {@link rest}; nothing is
 * thrown: what goes wrong is a notice.
 */
export class ContainerLog {
  readonly container: LogContainer;
  readonly #batches: AsyncGenerator<LogBatch>;
  readonly #signal: AbortSignal;
  readonly #held: LogPart[] = [];
  #isInterrupted = false;
  #isOver = false;

  /** @param batches - of `followLog` */
  constructor(
    container: LogContainer,
    batches: AsyncGenerator<LogBatch>,
    signal: AbortSignal,
  ) {
    this.container = container;
    this.#batches = batches;
    this.#signal = signal;
  }

  /** Nothing more will come. */
  get isOver(): boolean {
    return this.#isOver && this.#held.length === 0;
  }

  /** Lines of what is there now; undefined when it has come, or cannot be waited for. */
  async backlog(): Promise<readonly LogLine[] | undefined> {
    const part = await this.#next();
    if (part === 'current' || part === undefined) return undefined;
    if (part.type === 'lines') return part.lines;
    this.#held.unshift(part);
    return undefined;
  }

  /** What comes then, until it ends. */
  async *rest(): AsyncGenerator<LogPart> {
    for (;;) {
      const part = this.#held.shift() ?? (await this.#next());
      if (part === undefined) return;
      if (part !== 'current') yield part;
    }
  }

  async #next(): Promise<LogPart | 'current' | undefined> {
    if (this.#isOver) return undefined;
    try {
      const { done, value } = await this.#batches.next();
      if (done) return this.#end('ended', '');
      switch (value.type) {
        case 'current':
        case 'waiting':
          return 'current';
        case 'interrupted':
          if (this.#isInterrupted) return this.#next();
          this.#isInterrupted = true;
          return this.#notice('interrupted', value.problem);
        default:
          if (this.#isInterrupted) {
            this.#isInterrupted = false;
            this.#held.push({ type: 'lines', lines: value.lines });
            return this.#notice('resumed', '');
          }
          return { type: 'lines', lines: value.lines };
      }
    } catch (error) {
      if (this.#signal.aborted) {
        this.#isOver = true;
        return undefined;
      }
      return this.#end('failed', toError(error).message);
    }
  }

  #end(code: Notice['code'], message: string): LogPart {
    this.#isOver = true;
    return this.#notice(code, message);
  }

  #notice(code: Notice['code'], message: string): LogPart {
    const { pod, container } = this.container;
    return {
      type: 'notice',
      notice: { type: 'notice', pod, container, code, message },
    };
  }
}
