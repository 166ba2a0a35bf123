import { pipelineReadPermission } from '@amamba/backstage-plugin-amamba-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { Request } from 'express';
import type { Authorizer } from '../permissions';
import type { WorkspaceRecord, WorkspacesService } from '../workspaces';
import type { PipelinesStore } from './PipelinesStore';
import type { PipelineRecord, RunRecord } from './records';
import type { RunsStore } from './runs/RunsStore';
import { targetOf } from './view';

/** Who calls. */
export interface CallOptions {
  credentials: BackstageCredentials;
  /** for the audit */
  request?: Request;
  /** aborted when the caller goes away */
  signal?: AbortSignal;
}

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

/**
 * Finds what names of an address stand for. Names are no authority: what is not there, belongs elsewhere or may not be
 * read by the caller is not found.
 */
export class Access {
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
    const workspace = await this.workspace(names.workspace, options);
    const pipeline = await this.#pipelines.find(workspace.ref, names.pipeline);
    if (pipeline) {
      const can = await this.#authorizer.can(
        [pipelineReadPermission],
        { workspace, pipeline: targetOf(pipeline, workspace) },
        options,
      );
      if (can.size > 0) return { workspace, pipeline };
    }
    throw new NotFoundError(
      `There is no pipeline "${names.pipeline}" in ${workspace.name} for you.`,
    );
  }

  /** @throws NotFoundError */
  async run(names: RunNames, options: CallOptions): Promise<RunOfCaller> {
    const found = await this.pipeline(names, options);
    const run = await this.#runs.find(found.pipeline.id, names.run);
    if (!run) {
      const name = /^\d+$/.test(names.run) ? `#${names.run}` : names.run;
      throw new NotFoundError(
        `${found.pipeline.name} has no run ${name}. It may have been deleted.`,
      );
    }
    return { ...found, run };
  }
}
