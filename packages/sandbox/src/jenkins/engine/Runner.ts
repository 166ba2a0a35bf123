import * as fs from 'node:fs';
import * as path from 'node:path';
import { applyDeclared } from '../config/declarative';
import type {
  BuildResult,
  ExecutionOutcome,
  JobProperties,
  ScmBinding,
  StartPipeline,
} from '../execution/types';
import type { Build, BuildRecord } from '../model/Build';
import { consoleNote } from '../model/BuildLog';
import type { Job } from '../model/Item';
import type { ItemStore } from '../model/ItemStore';
import type { SecretBox } from '../config/SecretBox';
import { resolveCredential } from './credentials';
import { expandBranch, readFileFromGit } from './gitClient';
import { openParameters, sealParameters } from './parameters';
import type { QueueItem } from './Queue';
import { executionServices, ServiceHost } from './services';

/** What the event plugin and the triggers hear of runs. */
export interface RunListener {
  initialized(build: Build): void;
  started(build: Build): void;
  completed(build: Build): void;
  finalized(build: Build): void;
}

export interface RunnerHost extends ServiceHost {
  readonly items: ItemStore;
  readonly secrets: SecretBox;
  readonly listener: RunListener;
  readonly startPipeline: StartPipeline;
  /** root URL with a trailing slash */
  readonly rootUrl: string;
  readonly cacheDirectory: string;
  readonly tempDirectory: string;
  /** Thins out the runs of a job. */
  discardOld(job: Job): void;
}

/** Turns queue items into runs. */
export class Runner {
  /** runs that have begun and not ended, with what settles when they have */
  private readonly live = new Map<Build, Promise<void>>();

  private readonly host: RunnerHost;

  constructor(host: RunnerHost) {
    this.host = host;
  }

  /** Creates the run of a queue item and lets it go. */
  start(item: QueueItem): Build {
    const { job, variant } = item;
    const now = Date.now();
    const record: BuildRecord = {
      number: this.host.items.takeBuildNumber(job),
      queueId: item.id,
      timestamp: now,
      startTime: now,
      duration: 0,
      result: null,
      building: true,
      displayName: null,
      description: null,
      keepLog: false,
      causes: item.causes,
      parameters: sealParameters(item.parameters, this.host.secrets),
      script: variant.script ?? '',
      scm: variant.scm,
      checkouts: [],
      restartableStages: [],
      restartFromStage: variant.restart?.stage,
    };
    const superseded = job.config.disableConcurrentBuilds?.abortPrevious
      ? job.builds.running
      : [];
    const build = job.builds.add(record);
    for (const previous of superseded) {
      previous.supersededBy = build.fullDisplayName;
      previous.execution?.interrupt('stop');
    }
    this.host.listener.initialized(build);
    const done = this.run(build, item).finally(() => this.live.delete(build));
    this.live.set(build, done);
    return build;
  }

  /** Settles when the run has ended; at once for one that already has. */
  async ended(build: Build): Promise<void> {
    await this.live.get(build);
  }

  /** Settles when nothing runs any more. */
  async idle(): Promise<void> {
    await Promise.all(this.live.values());
  }

  get running(): Build[] {
    return [...this.live.keys()];
  }

  /** Interrupts a run; before its script began this only marks it. */
  interrupt(build: Build, kind: 'stop' | 'term' | 'kill', by: string): void {
    if (!build.record.building) return;
    build.interruptedBy ??= by;
    build.execution?.interrupt(kind, by);
  }

  private async run(build: Build, item: QueueItem): Promise<void> {
    // The caller sees the queue item leave before anything else happens.
    await Promise.resolve();
    for (const cause of item.causes) {
      build.log.append(
        `${cause.shortDescription.replace(/^Started by /, `Started by ${consoleNote(cause._class)}`)}\n`,
      );
    }
    this.host.listener.started(build);
    let outcome: ExecutionOutcome;
    try {
      outcome = await this.execute(build, item);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      build.log.append(`ERROR: ${message}\n`);
      outcome = { result: 'FAILURE', restartableStages: [] };
    }
    this.finish(build, outcome);
  }

  private async execute(
    build: Build,
    item: QueueItem,
  ): Promise<ExecutionOutcome> {
    const { job, record } = build;
    const { host } = this;
    if (job.config.disableResume) {
      build.log.append(
        'Resume disabled by user, switching to high-performance, low-durability mode.\n',
      );
    }
    const scm = await this.readScript(build, item);
    build.save();
    if (build.interruptedBy !== undefined) {
      build.log.append(`Aborted by ${build.interruptedBy}\n`);
      return { result: 'ABORTED', restartableStages: [] };
    }
    const { restart } = item.variant;
    if (restart && job.config.preserveStashes) {
      copyStashes(job, restart.original, build);
    }
    const execution = host.startPipeline({
      script: record.script,
      parameters: openParameters(record.parameters, host.secrets),
      env: this.environment(build),
      build: {
        number: build.number,
        jobName: job.fullName,
        fullDisplayName: build.fullDisplayName,
        url: `${host.rootUrl}${build.url}`,
        causes: record.causes,
        previousResult: previousResult(build),
        startTime: record.startTime,
      },
      scm,
      restartFromStage: restart?.stage,
      tempDirectory: host.tempDirectory,
      services: executionServices(host, build),
      listener: {
        log: (text, nodeId) => build.log.append(text, nodeId),
        node: node => build.putNode(node),
        properties: properties => this.declared(job, properties),
        build({ displayName, description }) {
          Object.assign(record, { displayName, description });
          build.save();
        },
        input() {
          record.hadInput = true;
          build.save();
        },
        inputDone: () => undefined,
      },
    });
    build.execution = execution;
    return execution.done;
  }

  /** Reads the Jenkinsfile unless the run brings its own script. */
  private async readScript(
    build: Build,
    item: QueueItem,
  ): Promise<ScmBinding | undefined> {
    const { definition } = build.job.config;
    const { record } = build;
    if (definition.kind === 'unsupported') throw new Error(definition.reason);
    if (definition.kind === 'script') {
      record.script = item.variant.script ?? definition.script;
      return undefined;
    }
    const { url, credentialsId, scriptPath } = definition;
    const branch =
      item.variant.scm?.branch ??
      expandBranch(definition.branch, item.parameters);
    const scm: ScmBinding = { url, branch, credentialsId };
    record.scm = scm;
    if (item.variant.script !== undefined) {
      record.script = item.variant.script;
      return scm;
    }
    const { content } = await readFileFromGit({
      scm,
      file: scriptPath,
      cacheDirectory: path.join(
        this.host.cacheDirectory,
        encodeURIComponent(url).slice(-200),
      ),
      credential:
        credentialsId === undefined
          ? undefined
          : resolveCredential(
              build.job.parent,
              credentialsId,
              this.host.secrets,
            ),
    });
    build.log.append(`Obtained ${scriptPath} from git ${url}\n`);
    record.script = content;
    return scm;
  }

  private declared(job: Job, properties: JobProperties): void {
    const xml = applyDeclared(job.xml, properties, this.host.secrets);
    this.host.items.rewrite(job, xml);
  }

  private environment(build: Build): Record<string, string> {
    const { job, number } = build;
    const { rootUrl } = this.host;
    const jobUrl = `${rootUrl}${job.url}`;
    return {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: this.host.tempDirectory,
      LANG: 'C.UTF-8',
      CI: 'true',
      JENKINS_URL: rootUrl,
      HUDSON_URL: rootUrl,
      JOB_NAME: job.fullName,
      JOB_BASE_NAME: job.name,
      JOB_URL: jobUrl,
      BUILD_NUMBER: String(number),
      BUILD_ID: String(number),
      BUILD_DISPLAY_NAME: build.displayName,
      BUILD_TAG: `jenkins-${job.fullName.replace(/\//g, '-')}-${number}`,
      BUILD_URL: `${rootUrl}${build.url}`,
      RUN_DISPLAY_URL: `${jobUrl}${number}/display/redirect`,
    };
  }

  private finish(build: Build, outcome: ExecutionOutcome): void {
    const { record } = build;
    const superseded =
      build.supersededBy !== undefined && outcome.result === 'ABORTED';
    if (superseded) {
      build.log.append(`Superseded by ${build.supersededBy}\n`);
    }
    record.result = superseded ? 'NOT_BUILT' : outcome.result;
    record.restartableStages = outcome.restartableStages;
    record.unsupported = outcome.unsupported;
    record.duration = Math.max(0, Date.now() - record.startTime);
    record.building = false;
    build.execution = undefined;
    this.host.listener.completed(build);
    build.log.append(`Finished: ${record.result}\n`);
    build.log.close();
    build.saveNodes();
    build.save();
    this.host.discardOld(build.job);
    if (!build.job.config.preserveStashes) {
      fs.rmSync(build.file('stashes'), { recursive: true, force: true });
    }
    this.host.listener.finalized(build);
  }
}

/** The result of the last run before this one that has ended. */
function previousResult(build: Build): BuildResult | undefined {
  const { builds } = build.job;
  let before = builds.previous(build);
  while (before?.record.building) before = builds.previous(before);
  return before?.record.result ?? undefined;
}

function copyStashes(job: Job, original: number, build: Build): void {
  const source = job.builds.get(original)?.file('stashes');
  if (source && fs.existsSync(source)) {
    fs.cpSync(source, build.file('stashes'), { recursive: true });
  }
}
