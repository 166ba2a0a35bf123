import type { PendingInput, PipelineExecution } from '../types';
import type { Run } from './run';

export type InputAnswer = Parameters<PipelineExecution['answerInput']>[1];

/** The inputs that wait for a person. */
export class InputDesk {
  private readonly waiting = new Map<
    string,
    { input: PendingInput; answer: (answer: InputAnswer) => void }
  >();

  private readonly run: Run;

  constructor(run: Run) {
    this.run = run;
  }

  pending(): PendingInput[] {
    return [...this.waiting.values()].map(({ input }) => input);
  }

  /** Waits for the answer; rejects when the signal aborts. */
  async ask(input: PendingInput, signal: AbortSignal): Promise<InputAnswer> {
    const { graph, request } = this.run;
    const since = Date.now();
    try {
      return await new Promise<InputAnswer>((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        signal.addEventListener('abort', () => reject(signal.reason), {
          once: true,
        });
        this.waiting.set(input.id, { input, answer: resolve });
        graph.pause(input.nodeId, input.id);
        request.listener.input(input);
      });
    } finally {
      if (this.waiting.delete(input.id)) {
        request.listener.inputDone(input.id);
      }
      graph.resume(input.nodeId, Date.now() - since);
    }
  }

  /** Answers a waiting input; answers to others are ignored. */
  answer(id: string, answer: InputAnswer): void {
    const waiting = this.waiting.get(id);
    if (waiting) {
      this.waiting.delete(id);
      this.run.request.listener.inputDone(id);
      waiting.answer(answer);
    }
  }

  /** An id that no other waiting input has. */
  freeId(wanted: string): string {
    let id = wanted;
    for (let n = 2; this.waiting.has(id); n += 1) {
      id = `${wanted}-${n}`;
    }
    return id;
  }
}
