/**
 * The contract between the Jenkins stand-in's server (items, queue, HTTP, persistence) and its executor
 * (Groovy, declarative semantics, steps). The executor knows nothing of HTTP; the server knows nothing of Groovy.
 */

/** Results as Jenkins orders them, from best to worst. */
export type BuildResult =
  'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'NOT_BUILT' | 'ABORTED';

/** A value of `ParametersAction`. `type` is the definition's class, e.g. `hudson.model.StringParameterDefinition`. */
export interface BuildParameter {
  name: string;
  type: string;
  value: string | boolean;
}

/** One parameter definition, from config.xml or from a Jenkinsfile's `parameters {}`. */
export interface ParameterDefinition {
  type: string;
  name: string;
  description?: string;
  defaultValue?: string | boolean;
  choices?: string[];
  trim?: boolean;
}

/** What a declarative Jenkinsfile says about its own job; the server writes it into config.xml as Jenkins does. */
export interface JobProperties {
  parameters?: ParameterDefinition[];
  triggers?: { cron?: string[]; pollScm?: string[]; upstream?: string[] };
  disableConcurrentBuilds?: { abortPrevious: boolean };
  buildDiscarder?: {
    daysToKeep: number;
    numToKeep: number;
    artifactDaysToKeep: number;
    artifactNumToKeep: number;
  };
  quietPeriodSeconds?: number;
  disableRestartFromStage?: boolean;
  /** Stashes of this many builds are kept for restarts. */
  preserveStashes?: { buildCount: number };
  disableResume?: boolean;
}

export interface ChangeSetEntry {
  commitId: string;
  message: string;
  author: string;
  /** epoch milliseconds */
  timestamp: number;
  paths: { editType: 'add' | 'edit' | 'delete'; file: string }[];
}

/** The repository that a pipeline "from SCM" was read from; what `checkout scm` means. */
export interface ScmBinding {
  url: string;
  /** branch specifier as in config.xml, e.g. `* /main` without the blank, or a pinned commit */
  branch: string;
  credentialsId?: string;
  /** The checkout makes a local branch of this name (git plugin's LocalBranch); sets GIT_LOCAL_BRANCH. */
  localBranch?: string;
}

/** A credential resolved from the job's folder upwards. Secrets in it are masked in the log. */
export type Credential =
  | { kind: 'usernamePassword'; id: string; username: string; password: string }
  | { kind: 'string'; id: string; secret: string }
  | { kind: 'file'; id: string; fileName: string; content: Buffer }
  | {
      kind: 'sshUserPrivateKey';
      id: string;
      username: string;
      privateKey: string;
      passphrase?: string;
    };

export type FlowNodeState =
  | 'running'
  | 'paused'
  | 'success'
  | 'unstable'
  | 'failure'
  | 'aborted'
  | 'not_built'
  | 'skipped';

/**
 * A node of the flow graph. `stage` and `branch` are blocks (a branch is one arm of a parallel or one matrix cell),
 * `parallel` is the block that holds branches, `step` is an atomic step or a block step such as `timeout`.
 */
export interface FlowNode {
  /** ascending integers as text, as Jenkins numbers them */
  id: string;
  kind: 'stage' | 'parallel' | 'branch' | 'step' | 'block';
  /** stage name, branch name, or step function name (`sh`) */
  name: string;
  /** human name of a step ("Shell Script"), or the stage name */
  displayName: string;
  /** argument summary ("npm test"), secrets masked */
  description?: string;
  parentId?: string;
  state: FlowNodeState;
  /** epoch milliseconds */
  startTime: number;
  endTime?: number;
  /** milliseconds spent waiting for input */
  pauseMs: number;
  error?: { type: string; message: string };
  /** true for the stage that declarative adds ("Declarative: Checkout SCM", "Declarative: Post Actions") */
  synthetic?: boolean;
  /** set while an `input` step waits */
  inputId?: string;
}

/** Receives everything an execution says. Calls come in order; implementations must not block. */
export interface ExecutionListener {
  /** Text for the build log, always whole lines ending in "\n", belonging to a flow node or to none. */
  log(text: string, nodeId?: string): void;
  /** A node was added or changed. The same object identity is not guaranteed; key by `id`. */
  node(node: FlowNode): void;
  /** Declarative read its own options/parameters/triggers, before the first stage. */
  properties(properties: JobProperties): void;
  /** The script named or described its build (`currentBuild.displayName = …`). */
  build?(build: { displayName: string; description: string | null }): void;
  /** An input step waits; answered through {@link PipelineExecution.answerInput}. */
  input(input: PendingInput): void;
  /** The input with this id is decided or gone. */
  inputDone(id: string): void;
}

export interface PendingInput {
  /** as Jenkins makes it: given id with the first letter upper-cased, else a digest of the message */
  id: string;
  message: string;
  ok: string;
  submitter?: string;
  submitterParameter?: string;
  parameters: ParameterDefinition[];
  nodeId: string;
}

/** What steps need of the server. */
export interface ExecutionServices {
  /** Waits for an executor slot with this label; rejects when interrupted. Returns its release. */
  acquireAgent(
    label: string | undefined,
    signal: AbortSignal,
  ): Promise<{
    name: string;
    labels: string[];
    workspace: string;
    /** What this machine adds to the environment of its steps. */
    env?: Record<string, string>;
    release(): void;
  }>;
  credential(id: string): Credential | undefined;
  /** Copies files of the workspace into the build's artifact store. Paths are relative to `workspace`. */
  archiveArtifacts(workspace: string, files: string[]): Promise<void>;
  /** Takes parsed JUnit files; the server keeps the report. Returns totals of the *new* results. */
  junit(files: { path: string; content: string }[]): Promise<{
    total: number;
    failed: number;
    skipped: number;
  }>;
  /** Build-scoped stash store (survives restart-from-stage when the job preserves stashes). */
  stashDirectory(name: string): string;
  /** Starts another job, named as the script names it (`../x`, `/folder/x`); absent: the `build` step is refused. */
  build?(
    jobName: string,
    parameters: BuildParameter[],
    wait: boolean,
  ): Promise<{ number: number; result: BuildResult | null }>;
  /** Records the commit that a checkout produced (BuildData, changelog). */
  checkedOut(checkout: {
    url: string;
    branch: string;
    commit: string;
    changes: ChangeSetEntry[];
  }): void;
  /** Tools installed on the agents; absent or empty: `tools` is refused. */
  tools?: readonly ToolInstallation[];
  /** The commit of the last build of this branch, to compute the changelog. */
  previousCommit(url: string): string | undefined;
}

/** One configured tool, as in Jenkins' global tool configuration. */
export interface ToolInstallation {
  /** the symbol that a `tools` section uses: `maven`, `jdk`, `nodejs` … */
  type: string;
  name: string;
  /** absolute path; its `bin` comes first on PATH */
  home: string;
  env?: Record<string, string>;
}

export interface ExecutionRequest {
  script: string;
  parameters: BuildParameter[];
  /** JENKINS_URL, JOB_NAME, BUILD_NUMBER, BUILD_URL, BRANCH_NAME …, plus what the agent's environment has */
  env: Record<string, string>;
  build: {
    number: number;
    jobName: string;
    fullDisplayName: string;
    url: string;
    /** `_class` names of the causes, for `triggeredBy` and `currentBuild.getBuildCauses` */
    causes: { _class: string; shortDescription: string; userId?: string }[];
    /** result of the previous completed build */
    previousResult?: BuildResult;
    /** epoch milliseconds */
    startTime: number;
  };
  scm?: ScmBinding;
  /** Restart: stages before this top-level stage are skipped, as `restartPipeline` does. */
  restartFromStage?: string;
  /** Root under which @tmp directories may be made. */
  tempDirectory: string;
  /**
   * Jenkins' `SCRIPT_SPLITTING_TRANSFORMATION` system property. Off, as in Jenkins, more than 250 stages in one
   * `stages` block do not compile.
   */
  scriptSplitting?: boolean;
  /**
   * Stands for a `StepRuntimeTransformerContributor` of a plugin: may change the arguments that a step is called with.
   */
  transformStep?: (
    name: string,
    args: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>;
  services: ExecutionServices;
  listener: ExecutionListener;
}

export interface ExecutionOutcome {
  result: BuildResult;
  /** Set when the pipeline uses something that this stand-in does not execute. The log says the same. */
  unsupported?: string;
  /** Top-level stages that a restart may begin at; empty when not restartable. */
  restartableStages: string[];
}

/** A started pipeline. */
export interface PipelineExecution {
  readonly done: Promise<ExecutionOutcome>;
  /** `stop` interrupts (post runs, result ABORTED), `term` does not wait for steps, `kill` ends at once. */
  interrupt(kind: 'stop' | 'term' | 'kill', by?: string): void;
  answerInput(
    id: string,
    answer:
      | { proceed: true; by: string; values: Record<string, string | boolean> }
      | { proceed: false; by: string },
  ): void;
  pendingInputs(): PendingInput[];
}

/** Starts a declarative (or simple scripted) pipeline. Never throws: a script that does not compile ends in FAILURE with the reason in the log. */
export type StartPipeline = (request: ExecutionRequest) => PipelineExecution;
