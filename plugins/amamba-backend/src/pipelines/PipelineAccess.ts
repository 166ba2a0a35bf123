import {
  pipelineReadPermission,
  workspaceReadPermission,
  workspaceRef,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError } from '@backstage/errors';
import type { CallOptions } from '../http';
import type { Authorizer } from '../permissions';
import type { WorkspaceRecord, WorkspacesService } from '../workspaces';
import type { PipelinesStore } from './PipelinesStore';
import type { PipelineRecord, RunRecord } from './records';
import type { RunsStore } from './runs/RunsStore';
import { targetOf } from './view';

/** Names as they stand in an address. */
export interface PipelineNames {
  workspace: string;
  pipeline: string;
}
export interface RunNames extends PipelineNames {
  run: string;
}

/** A pipeline that the caller may read. */
export interface PipelineOfCaller {
  workspace: WorkspaceRecord;
  pipeline: PipelineRecord;
}
export interface RunOfCaller extends PipelineOfCaller {
  run: RunRecord;
}

function notFound({ workspace, pipeline }: PipelineNames): NotFoundError {
  return new NotFoundError(
    `There is no pipeline "${pipeline}" in ${workspace} for you.`,
  );
}

/**
 * Finds what names of an address stand for. Names are no authority: what is not there, belongs elsewhere or may not be
 * read by the caller is not found.
 */
export class PipelineAccess {
  readonly #workspaces: WorkspacesService;
  readonly #authorizer: Authorizer;
  readonly #pipelines: PipelinesStore;
  readonly #runs: RunsStore;

  constructor(options: {
    workspaces: WorkspacesService;
    authorizer: Authorizer;
    pipelines: PipelinesStore;
    runs: RunsStore;
  }) {
    this.#workspaces = options.workspaces;
    this.#authorizer = options.authorizer;
    this.#pipelines = options.pipelines;
    this.#runs = options.runs;
  }

  /** @throws NotFoundError */
  workspace(name: string, options: CallOptions): Promise<WorkspaceRecord> {
    return this.#workspaces.get(name, options);
  }

  /** @throws NotFoundError */
  async pipeline(
    names: PipelineNames,
    options: CallOptions,
  ): Promise<PipelineOfCaller> {
    const { workspace, pipeline } = await this.#find(names, options);
    if (await this.#mayRead({ workspace, pipeline }, options)) {
      return { workspace, pipeline };
    }
    throw notFound(names);
  }

  /** @throws NotFoundError */
  async run(names: RunNames, options: CallOptions): Promise<RunOfCaller> {
    const [found, run] = await Promise.all([
      this.#find(names, options),
      this.#runs.findByName(
        { workspaceRef: workspaceRef(names.workspace), name: names.pipeline },
        names.run,
      ),
    ]);
    if (!(await this.#mayRead(found, options))) throw notFound(names);
    if (run?.pipelineId !== found.pipeline.id) {
      const name = /^\d+$/.test(names.run) ? `#${names.run}` : names.run;
      throw new NotFoundError(
        `${found.pipeline.name} has no run ${name}. It may have been deleted.`,
      );
    }
    return { ...found, run };
  }

  /** Looks the pipeline up while the workspace is being judged; what is found is not for the caller yet. */
  async #find(
    names: PipelineNames,
    options: CallOptions,
  ): Promise<PipelineOfCaller> {
    this.#authorizer.prepare(
      [workspaceReadPermission, pipelineReadPermission],
      options,
    );
    const [workspace, pipeline] = await Promise.all([
      this.workspace(names.workspace, options),
      this.#pipelines.find(workspaceRef(names.workspace), names.pipeline),
    ]);
    if (pipeline?.workspaceRef !== workspace.ref) throw notFound(names);
    return { workspace, pipeline };
  }

  async #mayRead(
    { workspace, pipeline }: PipelineOfCaller,
    options: CallOptions,
  ): Promise<boolean> {
    const can = await this.#authorizer.can(
      [pipelineReadPermission],
      { workspace, pipeline: targetOf(pipeline, workspace) },
      options,
    );
    return can.size > 0;
  }
}
