import * as fs from 'node:fs';
import * as path from 'node:path';
import type {
  BuildResult,
  ExecutionOutcome,
  ExecutionRequest,
  FlowNode,
  PendingInput,
  StartPipeline,
} from '../jenkins/execution/types';

/**
 * An executor for tests of the server alone. A script is lines of `command rest`:
 * `log text`, `stage name`, `step text`, `sleep ms`, `wait` (until interrupted), `input id`, `result NAME`,
 * `agent label`, `write file text`, `archive file`, `junit xml`, `declare json`, `checkout url branch sha`.
 */
class FakeExecution {
  readonly inputs = new Map<string, PendingInput>();
  readonly answers = new Map<string, (proceed: boolean) => void>();
  readonly stop = new AbortController();
  readonly done: Promise<ExecutionOutcome>;
  private readonly request: ExecutionRequest;
  private readonly stages: FlowNode[] = [];
  private nextId = 2;
  private result: BuildResult = 'SUCCESS';
  private workspace = '';
  private release?: () => void;

  constructor(request: ExecutionRequest) {
    this.request = request;
    this.done = this.run();
  }

  private node(kind: FlowNode['kind'], name: string): FlowNode {
    const node: FlowNode = {
      id: String(this.nextId++),
      kind,
      name,
      displayName: name,
      state: 'running',
      startTime: Date.now(),
      pauseMs: 0,
      parentId: kind === 'step' ? this.stages.at(-1)?.id : undefined,
    };
    this.request.listener.node(node);
    return node;
  }

  private end(node: FlowNode | undefined, state: FlowNode['state']) {
    if (node && node.endTime === undefined) {
      Object.assign(node, { state, endTime: Date.now() });
      this.request.listener.node(node);
    }
  }

  private async run(): Promise<ExecutionOutcome> {
    await Promise.resolve();
    try {
      for (const line of this.request.script.split('\n')) {
        const [command, ...rest] = line.trim().split(' ');
        this.stop.signal.throwIfAborted();
        if (command) await this.execute(command, rest.join(' '));
      }
    } catch (error) {
      this.result = this.stop.signal.aborted ? 'ABORTED' : 'FAILURE';
      if (!this.stop.signal.aborted) {
        this.request.listener.log(`ERROR: ${String(error)}\n`);
      }
    }
    const state = this.result === 'SUCCESS' ? 'success' : 'failure';
    this.end(this.stages.at(-1), state);
    this.release?.();
    return {
      result: this.result,
      restartableStages: this.stages.map(stage => stage.name),
    };
  }

  private interrupted(): Promise<never> {
    return new Promise((_, reject) => {
      const { signal } = this.stop;
      const abort = () => reject(new Error('interrupted'));
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort);
    });
  }

  private async execute(command: string, rest: string): Promise<void> {
    const { listener, services } = this.request;
    switch (command) {
      case 'log':
        return listener.log(`${rest}\n`);
      case 'stage':
        this.end(this.stages.at(-1), 'success');
        this.stages.push(this.node('stage', rest));
        return undefined;
      case 'step': {
        const node = this.node('step', 'echo');
        listener.log(`${rest}\n`, node.id);
        this.end(node, 'success');
        return undefined;
      }
      case 'sleep':
        return Promise.race([
          new Promise<void>(resolve => {
            setTimeout(resolve, Number(rest));
          }),
          this.interrupted(),
        ]);
      case 'wait':
        return this.interrupted();
      case 'input':
        return this.input(rest);
      case 'result':
        this.result = rest as BuildResult;
        return undefined;
      case 'agent': {
        const { signal } = this.stop;
        const agent = await services.acquireAgent(rest || undefined, signal);
        this.workspace = agent.workspace;
        this.release = agent.release;
        return undefined;
      }
      case 'write': {
        const [file, ...text] = rest.split(' ');
        const target = path.join(this.workspace, file);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        return fs.writeFileSync(target, text.join(' '));
      }
      case 'archive':
        return services.archiveArtifacts(this.workspace, [rest]);
      case 'junit':
        await services.junit([{ path: 'TEST-a.xml', content: rest }]);
        return undefined;
      case 'declare':
        return listener.properties(JSON.parse(rest));
      case 'credential':
        return listener.log(`${JSON.stringify(services.credential(rest))}\n`);
      case 'env':
        return listener.log(`${this.request.env[rest]}\n`);
      case 'params':
        return listener.log(`${JSON.stringify(this.request.parameters)}\n`);
      case 'checkout': {
        const [url, branch, commit] = rest.split(' ');
        return services.checkedOut({ url, branch, commit, changes: [] });
      }
      default:
        throw new Error(`unknown command ${command}`);
    }
  }

  private async input(id: string): Promise<void> {
    const { listener } = this.request;
    const node = this.node('step', 'input');
    const input: PendingInput = {
      id,
      message: `Answer ${id}?`,
      ok: 'Proceed',
      parameters: [],
      nodeId: node.id,
    };
    Object.assign(node, { state: 'paused', inputId: id });
    listener.node(node);
    this.inputs.set(id, input);
    listener.input(input);
    const proceed = await Promise.race([
      new Promise<boolean>(resolve => {
        this.answers.set(id, resolve);
      }),
      this.interrupted(),
    ]).finally(() => {
      this.inputs.delete(id);
      listener.inputDone(id);
    });
    this.end(node, proceed ? 'success' : 'aborted');
    if (!proceed) {
      this.stop.abort();
      throw new Error('rejected');
    }
  }
}

/** See {@link FakeExecution}. */
export const fakeExecutor: StartPipeline = request => {
  const execution = new FakeExecution(request);
  return {
    done: execution.done,
    interrupt(_kind, by) {
      if (execution.stop.signal.aborted) return;
      request.listener.log(`Aborted by ${by}\n`);
      execution.stop.abort();
    },
    answerInput(id, answer) {
      request.listener.log(
        `${answer.proceed ? 'Approved' : 'Rejected'} by ${answer.by}\n`,
      );
      execution.answers.get(id)?.(answer.proceed);
    },
    pendingInputs: () => [...execution.inputs.values()],
  };
};
