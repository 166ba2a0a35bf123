import { Throwable } from '../groovy/errors';
import type {
  BuildResult,
  ExecutionListener,
  FlowNode,
  FlowNodeState,
} from '../types';
import { resultOf, stateOf, worst } from './results';

interface Entry {
  node: FlowNode;
  warning: BuildResult;
  skipped: boolean;
}

export type NewNode = Pick<
  FlowNode,
  'kind' | 'name' | 'displayName' | 'parentId'
> &
  Partial<Pick<FlowNode, 'description' | 'synthetic'>>;

/** The flow nodes of one execution, numbered as Jenkins numbers them: 2 is the start of the pipeline. */
export class FlowGraph {
  private readonly entries = new Map<string, Entry>();
  private lastId = 2;

  private readonly listener: ExecutionListener;
  private readonly masked: (text: string) => string;

  /** `masked` takes secrets out of what errors say. */
  constructor(listener: ExecutionListener, masked: (text: string) => string) {
    this.listener = listener;
    this.masked = masked;
  }

  /** Takes the next number, for nodes of Jenkins' graph that are not reported (ends of blocks and the like). */
  skipId(): void {
    this.lastId += 1;
  }

  start(given: NewNode): string {
    this.lastId += 1;
    const node: FlowNode = {
      ...given,
      id: String(this.lastId),
      state: 'running',
      startTime: Date.now(),
      pauseMs: 0,
    };
    this.entries.set(node.id, { node, warning: 'SUCCESS', skipped: false });
    this.emit(node.id);
    return node.id;
  }

  end(id: string, error?: Throwable): void {
    const entry = this.entries.get(id);
    if (!entry || entry.node.endTime !== undefined) {
      return;
    }
    let state: FlowNodeState = stateOf(entry.warning);
    // A stage that is skipped for an earlier error throws that error again: it is skipped all the same.
    if (entry.skipped) {
      state = 'skipped';
    } else if (error) {
      state = stateOf(resultOf(error));
      entry.node.error = {
        type: error.type,
        message: this.masked(error.message ?? ''),
      };
    }
    entry.node.state = state;
    entry.node.endTime = Date.now();
    this.emit(id);
  }

  /** Ends whatever is still open, as when the build is killed. */
  endAll(state: FlowNodeState): void {
    for (const { node } of [...this.entries.values()].reverse()) {
      if (node.endTime === undefined) {
        node.state = state;
        node.endTime = Date.now();
        this.emit(node.id);
      }
    }
  }

  /** A warning on a node counts for all blocks around it. */
  warn(id: string | undefined, result: BuildResult): void {
    for (const entry of this.around(id)) {
      entry.warning = worst(entry.warning, result);
    }
  }

  /** The worst warning inside the innermost stage of this name around a node. */
  stageWarning(id: string | undefined, name: string): BuildResult | undefined {
    for (const { node, warning } of this.around(id)) {
      if (node.kind === 'stage' && node.name === name) {
        return warning;
      }
    }
    return undefined;
  }

  /** Marks the innermost stage of this name around a node as skipped, and a branch of the same name with it. */
  markSkipped(id: string | undefined, name: string): void {
    let marked = 0;
    for (const entry of this.around(id)) {
      const { kind } = entry.node;
      if ((kind === 'stage' || kind === 'branch') && entry.node.name === name) {
        entry.skipped = true;
        marked += 1;
        if (marked === 2) {
          return;
        }
      }
    }
  }

  /** Whether a node is inside a stage. */
  insideStage(id: string | undefined): boolean {
    return [...this.around(id)].some(({ node }) => node.kind === 'stage');
  }

  /** The names of the stages around a node, innermost first. */
  stageNames(id: string | undefined): string[] {
    return [...this.around(id)]
      .filter(({ node }) => node.kind === 'stage')
      .map(({ node }) => node.name);
  }

  pause(id: string, inputId: string): void {
    this.change(id, { state: 'paused', inputId });
  }

  resume(id: string, pauseMs: number): void {
    for (const { node } of this.around(id)) {
      node.pauseMs += pauseMs;
    }
    this.change(id, { state: 'running', inputId: undefined });
  }

  describe(id: string, description: string): void {
    this.change(id, { description });
  }

  private change(id: string, by: Partial<FlowNode>): void {
    const entry = this.entries.get(id);
    if (entry) {
      Object.assign(entry.node, by);
      this.emit(id);
    }
  }

  private *around(id: string | undefined): Iterable<Entry> {
    let at = id === undefined ? undefined : this.entries.get(id);
    while (at) {
      yield at;
      const { parentId } = at.node;
      at = parentId === undefined ? undefined : this.entries.get(parentId);
    }
  }

  private emit(id: string): void {
    const entry = this.entries.get(id);
    if (entry) {
      this.listener.node({ ...entry.node });
    }
  }
}
