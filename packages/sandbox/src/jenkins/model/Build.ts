import * as fs from 'node:fs';
import * as path from 'node:path';
import type {
  BuildParameter,
  BuildResult,
  ChangeSetEntry,
  FlowNode,
  PipelineExecution,
  ScmBinding,
} from '../execution/types';
import { BuildLog } from './BuildLog';
import type { Cause } from './causes';
import { listFiles, readJsonFile, writeFileAtomic } from './files';
import type { Job } from './Item';

/** A checkout that a run made; what Jenkins keeps as `BuildData` and a changelog. */
export interface Checkout {
  url: string;
  branch: string;
  commit: string;
  changes: ChangeSetEntry[];
}

/** What is kept of a run in `build.json`. */
export interface BuildRecord {
  number: number;
  queueId: number;
  /** when it was scheduled and started, epoch milliseconds */
  timestamp: number;
  startTime: number;
  /** milliseconds; 0 while it runs */
  duration: number;
  result: BuildResult | null;
  building: boolean;
  displayName: string | null;
  description: string | null;
  keepLog: boolean;
  causes: Cause[];
  /** passwords are encrypted here */
  parameters: BuildParameter[];
  /** the script that ran, for replay and restart; empty until it was read from its repository */
  script: string;
  scm?: ScmBinding;
  checkouts: Checkout[];
  /** totals of the test report, when there is one */
  tests?: { total: number; failed: number; skipped: number };
  restartableStages: string[];
  restartFromStage?: string;
  /** whether an input step ever waited */
  hadInput?: boolean;
  /** what the stand-in refused to execute */
  unsupported?: string;
}

/** One run of a pipeline. */
export class Build {
  readonly log: BuildLog;
  /** set while it runs */
  execution?: PipelineExecution;
  /** who asked it to end, before or after its script began */
  interruptedBy?: string;
  /** name of the newer run that takes its place (`disableConcurrentBuilds(abortPrevious: true)`) */
  supersededBy?: string;
  private nodeMap?: Map<string, FlowNode>;

  readonly job: Job;
  readonly record: BuildRecord;

  constructor(job: Job, record: BuildRecord) {
    this.job = job;
    this.record = record;
    this.log = new BuildLog(() => this.directory);
  }

  /** Follows the job when it is renamed or moved. */
  get directory(): string {
    return path.join(this.job.buildsDirectory, String(this.record.number));
  }

  get number(): number {
    return this.record.number;
  }

  get displayName(): string {
    return this.record.displayName ?? `#${this.number}`;
  }

  get fullDisplayName(): string {
    return `${this.job.fullDisplayName} ${this.displayName}`;
  }

  /** Path below the root URL, with a trailing slash. */
  get url(): string {
    return `${this.job.url}${this.number}/`;
  }

  /** Nodes of the flow graph in the order they came; read from disk for a finished run. */
  get nodes(): ReadonlyMap<string, FlowNode> {
    if (!this.nodeMap) {
      const saved = readJsonFile<FlowNode[]>(this.file('nodes.json')) ?? [];
      this.nodeMap = new Map(saved.map(node => [node.id, node]));
    }
    return this.nodeMap;
  }

  get artifactDirectory(): string {
    return this.file('archive');
  }

  get artifacts(): { path: string; size: number }[] {
    return listFiles(this.artifactDirectory);
  }

  file(name: string): string {
    return path.join(this.directory, name);
  }

  /** Keeps the newest state of a node while the run goes on. */
  putNode(node: FlowNode): void {
    this.nodeMap ??= new Map();
    this.nodeMap.set(node.id, { ...node });
  }

  save(): void {
    writeFileAtomic(this.file('build.json'), JSON.stringify(this.record));
  }

  saveNodes(): void {
    const nodes = [...this.nodes.values()];
    writeFileAtomic(this.file('nodes.json'), JSON.stringify(nodes));
  }

  /** Drops the nodes of a finished run from memory; they are read again when needed. */
  forgetNodes(): void {
    this.nodeMap = undefined;
  }

  delete(): void {
    this.log.close();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The runs of a job, newest first; records are read when they are first asked for. */
export class Builds {
  private readonly loaded = new Map<number, Build>();
  /** descending */
  private numbers: number[];

  private readonly job: Job;

  constructor(job: Job) {
    this.job = job;
    const directory = job.buildsDirectory;
    this.numbers = fs.existsSync(directory)
      ? fs
          .readdirSync(directory)
          .map(Number)
          .filter(number => Number.isInteger(number))
          .sort((a, b) => b - a)
      : [];
  }

  get count(): number {
    return this.numbers.length;
  }

  get(number: number): Build | undefined {
    const present = this.loaded.get(number);
    if (present || !this.numbers.includes(number)) return present;
    const file = path.join(this.job.buildsDirectory, `${number}`, 'build.json');
    const record = readJsonFile<BuildRecord>(file);
    if (!record) return undefined;
    const build = new Build(this.job, record);
    this.loaded.set(number, build);
    return build;
  }

  /** Newest first. */
  *[Symbol.iterator](): Generator<Build> {
    for (const number of this.numbers) {
      const build = this.get(number);
      if (build) yield build;
    }
  }

  find(test: (build: Build) => boolean): Build | undefined {
    for (const build of this) if (test(build)) return build;
    return undefined;
  }

  get last(): Build | undefined {
    return this.find(() => true);
  }

  get first(): Build | undefined {
    const number = this.numbers[this.numbers.length - 1];
    return number === undefined ? undefined : this.get(number);
  }

  /** The run before this one that still exists. */
  previous(build: Build): Build | undefined {
    const at = this.numbers.indexOf(build.number);
    return at < 0 ? undefined : this.get(this.numbers[at + 1]);
  }

  next(build: Build): Build | undefined {
    const at = this.numbers.indexOf(build.number);
    return at < 1 ? undefined : this.get(this.numbers[at - 1]);
  }

  get running(): Build[] {
    return [...this.loaded.values()].filter(build => build.record.building);
  }

  add(record: BuildRecord): Build {
    const build = new Build(this.job, record);
    fs.mkdirSync(build.directory, { recursive: true });
    this.loaded.set(record.number, build);
    this.numbers.unshift(record.number);
    build.save();
    return build;
  }

  delete(build: Build): void {
    this.loaded.delete(build.number);
    this.numbers = this.numbers.filter(number => number !== build.number);
    build.delete();
  }
}
