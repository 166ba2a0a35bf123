import { GroovyThrow, Killed, Throwable, Unsupported } from '../groovy/errors';
import { Interpreter } from '../groovy/interpreter';
import type { Value } from '../groovy/values';
import type {
  BuildResult,
  ChangeSetEntry,
  ExecutionRequest,
  JobProperties,
  ParameterDefinition,
} from '../types';
import type { Ctx } from './context';
import { FlowGraph } from './graph';
import { InputDesk } from './inputs';
import { LineLog, mask } from './log';
import { Milestones } from './milestones';
import { isWorse, worst } from './results';
import { FlowThread } from './thread';

/** Everything that one execution shares between its steps. */
export class Run {
  readonly graph: FlowGraph;
  readonly inputs: InputDesk;
  readonly mainThread = new FlowThread();
  readonly baseEnv: Readonly<Record<string, string>>;
  /** Parameters as environment variables. */
  readonly parameterEnv: Record<string, string> = {};
  /** What the script set with `env.X = …`. */
  readonly scriptEnv: Record<string, string> = {};
  /** `params`. */
  readonly parameters = new Map<Value, Value>();
  readonly changes: ChangeSetEntry[] = [];
  /** Every secret that a step was given: errors are printed where no step masks them any more. */
  readonly secrets = new Set<string>();
  /** Process groups that outlived their step. */
  readonly leftovers = new Set<number>();
  /** `currentBuild.description` and `displayName`. */
  description: string | null = null;
  displayName: string;
  /** The result set so far; undefined while nothing has. */
  result: BuildResult | undefined;
  restartableStages: string[] = [];
  unsupported: string | undefined;
  /** Something that the script named and nobody here knows; it may come from a plugin or a library. */
  unknown: string | undefined;
  /** A `pipeline {}` block ran: a second one may not. */
  declarative = false;

  readonly request: ExecutionRequest;

  constructor(
    request: ExecutionRequest,
    host: ConstructorParameters<typeof Interpreter>[0],
  ) {
    this.request = request;
    this.milestones = new Milestones(this);

    this.graph = new FlowGraph(request.listener, text =>
      mask(text, [...this.secrets]),
    );
    this.inputs = new InputDesk(this);
    this.interpreter = new Interpreter(host);
    this.baseEnv = request.env;
    this.displayName = `#${request.build.number}`;
    for (const { name, value } of request.parameters) {
      this.parameterEnv[name] = String(value);
      this.parameters.set(name, value);
    }
  }

  readonly interpreter: Interpreter;
  readonly milestones: Milestones;
  private readonly watchers = new Set<() => void>();

  get topContext(): Ctx {
    return {
      run: this,
      thread: this.mainThread,
      env: {},
      secrets: [],
      timestamps: false,
    };
  }

  /** Adds text to the log: whole lines. */
  write(text: string, nodeId?: string): void {
    this.request.listener.log(text, nodeId);
    for (const watcher of this.watchers) {
      watcher();
    }
  }

  /** Calls back on every piece of the log, until the function returned is called. */
  onActivity(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** An exception to be thrown. */
  failure(error: Throwable): GroovyThrow {
    return new GroovyThrow(error);
  }

  /** What the graph shows for an error that no script can catch. */
  fatalError(error: unknown): Throwable {
    return new Throwable(
      'java.lang.Error',
      error instanceof Error ? error.message : String(error),
    );
  }

  passMilestone(
    ordinal: number | undefined,
    announce: (ordinal: number) => void,
  ): void {
    this.milestones.pass(ordinal, announce);
  }

  /** A line about the pipeline itself, such as `[Pipeline] echo`. */
  mark(text: string): void {
    this.write(`[Pipeline] ${text}\n`);
  }

  /** Writes lines of a step, masked and stamped as its context asks. */
  print(ctx: Ctx, text: string, nodeId = ctx.nodeId): void {
    const log = new LineLog(ctx, nodeId);
    log.write(text);
    log.end();
  }

  /** The result can only get worse. */
  setResult(result: BuildResult): void {
    if (this.result === undefined || isWorse(result, this.result)) {
      this.result = result;
    }
  }

  /** Tells the server what the script calls this build. */
  publishBuild(): void {
    this.request.listener.build?.({
      displayName: this.displayName,
      description: this.description,
    });
  }

  /** What `currentBuild.result` shows: null while nothing has set it. */
  shownResult(ctx: Ctx): BuildResult | null {
    return ctx.logicalResult
      ? worst(this.result, ctx.logicalResult)
      : (this.result ?? null);
  }

  /** Throws when the build was stopped meanwhile. */
  checkAlive(ctx: Ctx): void {
    if (this.unsupported) {
      throw new Unsupported(this.unsupported);
    }
    ctx.thread.check();
  }

  /** Remembers the first thing that cannot be executed and ends everything else. */
  refuse(error: Unsupported): void {
    if (!this.unsupported) {
      this.unsupported = error.feature;
      this.mainThread.interrupt({
        result: 'FAILURE',
        causes: [],
        hard: true,
        kill: true,
      });
    }
  }

  /** Remembers that the script used something that only a plugin can have, or nobody. */
  noteUnknown(what: string): void {
    this.unknown ??= what;
  }

  /** Publishes the job's properties and gives parameters of the first run their defaults. */
  publish(properties: JobProperties): void {
    this.applyDefaults(properties.parameters ?? []);
    this.request.listener.properties(properties);
  }

  private applyDefaults(definitions: readonly ParameterDefinition[]): void {
    for (const definition of definitions) {
      if (!this.parameters.has(definition.name)) {
        const value = defaultValueOf(definition);
        this.parameters.set(definition.name, value);
      }
    }
  }

  /** Ends processes that steps left behind. */
  reap(): void {
    for (const group of this.leftovers) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It ended on its own.
      }
    }
    this.leftovers.clear();
  }
}

/** The value that a parameter has when a build is started without it. */
export function defaultValueOf(
  definition: ParameterDefinition,
): string | boolean {
  if (definition.choices) {
    return definition.choices[0] ?? '';
  }
  if (definition.type === 'hudson.model.BooleanParameterDefinition') {
    return (
      definition.defaultValue === true || definition.defaultValue === 'true'
    );
  }
  return String(definition.defaultValue ?? '');
}

/** Whether an error ends the execution whatever the script does. */
export function isFatal(error: unknown): error is Unsupported | Killed {
  return error instanceof Unsupported || error instanceof Killed;
}
