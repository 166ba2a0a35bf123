import type { BuildResult } from '../types';
import type { Run } from './run';
import type { FlowThread } from './thread';

/** An executor slot that a `node` block holds. */
export interface Agent {
  readonly name: string;
  readonly labels: readonly string[];
  readonly workspace: string;
  /** What the machine and the `node` step add to the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Where a step runs: what the blocks around it have set. Contexts are never changed; a block runs its body in a copy.
 */
export interface Ctx {
  readonly run: Run;
  /** The line of control that this step is on: the build, or one branch of a parallel. */
  readonly thread: FlowThread;
  /** The flow node of the block around, or undefined at the top. */
  readonly nodeId?: string;
  /** What `withEnv` blocks add, inner ones winning. */
  readonly env: Readonly<Record<string, string>>;
  readonly agent?: Agent;
  /** The current directory on the agent. */
  readonly cwd?: string;
  /** Secrets that must not reach the log. */
  readonly secrets: readonly string[];
  readonly timestamps: boolean;
  /** While a post condition runs: the result that its stage has so far. */
  readonly logicalResult?: BuildResult;
}
