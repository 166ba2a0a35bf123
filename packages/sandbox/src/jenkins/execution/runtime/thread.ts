import { GroovyThrow, Killed, Throwable } from '../groovy/errors';
import type { BuildResult } from '../types';

/** Why a step is interrupted, and what that makes of the build. */
export interface Interruption {
  result: BuildResult;
  causes: string[];
  /** End now, without giving processes time. */
  hard?: boolean;
  /** Nothing of the script may run after this. */
  kill?: boolean;
}

export function interruptedException(interruption: Interruption): Throwable {
  const error = new Throwable(
    'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException',
    null,
  );
  error.interruption = interruption;
  return error;
}

/** The interruption that a signal of {@link FlowThread.leaf} carries. */
export function interruptionOf(signal: AbortSignal): Interruption {
  return signal.reason;
}

/**
 * One line of control: the build itself or a branch of a parallel. An interruption reaches the step that is running
 * on it, once; what runs afterwards (a `post`, a `catch`) is not interrupted any more, as in Jenkins.
 */
export class FlowThread {
  private readonly children = new Set<FlowThread>();
  private running: AbortController | undefined;
  private pending: Interruption | undefined;
  private dead = false;

  /** A branch, until `leave` is called. */
  enter(): FlowThread {
    const child = new FlowThread();
    child.dead = this.dead;
    this.children.add(child);
    return child;
  }

  leave(child: FlowThread): void {
    this.children.delete(child);
  }

  interrupt(interruption: Interruption): void {
    this.dead ||= interruption.kill === true;
    if (this.children.size > 0) {
      for (const child of this.children) {
        child.interrupt(interruption);
      }
    } else if (this.running) {
      this.running.abort(interruption);
    } else {
      this.pending = interruption;
    }
  }

  /** Throws what was asked for while no step was running. */
  check(): void {
    if (this.dead) {
      throw new Killed();
    }
    const { pending } = this;
    if (pending) {
      this.pending = undefined;
      throw new GroovyThrow(interruptedException(pending));
    }
  }

  /** Forgets an interruption that came too late, as when a timeout's body has just ended. */
  forget(interruption: Interruption): void {
    if (this.pending === interruption) {
      this.pending = undefined;
    }
  }

  /**
   * Runs something that waits. Its signal aborts with an {@link Interruption}, which then ends the step: when what runs
   * has noticed, or at once for a hard one.
   */
  async leaf<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.check();
    const controller = new AbortController();
    this.running = controller;
    try {
      return await Promise.race([
        run(controller.signal),
        hardEnd(controller.signal),
      ]);
    } finally {
      this.running = undefined;
      if (controller.signal.aborted) {
        // eslint-disable-next-line no-unsafe-finally -- an interruption wins over how the step happened to end
        throw errorOf(interruptionOf(controller.signal));
      }
    }
  }
}

function errorOf(interruption: Interruption): Error {
  return interruption.kill
    ? new Killed()
    : new GroovyThrow(interruptedException(interruption));
}

/** Rejects when a signal aborts with something that does not wait. */
function hardEnd(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      if (interruptionOf(signal).hard) {
        reject(errorOf(interruptionOf(signal)));
      }
    });
  });
}
