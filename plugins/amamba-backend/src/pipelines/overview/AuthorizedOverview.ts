import {
  pipelineReadPermission,
  runApprovePermission,
  type Overview,
  type OverviewRun,
} from '@amamba/backstage-plugin-amamba-common';
import type { CallOptions } from '../../http';
import type { Authorizer } from '../../permissions';
import type { WorkspaceRecord, WorkspacesService } from '../../workspaces';
import { refusal } from '../runs/approvers';
import { approvalView, runView } from '../runs/view';
import type { PipelineScope } from '../StoreScope';
import type { EngineDirectory } from '../sync/EngineDirectory';
import { targetOf } from '../view';
import type { OverviewStore, RunOfPipeline } from './OverviewStore';

const ROWS = 20;
/** waiting runs that are judged one by one; more than this wait nowhere */
const MAX_JUDGED = 200;
const ALL = '~all';

function overviewRun({ run, pipeline }: RunOfPipeline): OverviewRun {
  return {
    ...runView(run),
    workspace: pipeline.workspace,
    pipeline: pipeline.name,
    typicalDurationMs: pipeline.statistics.typicalDurationMs,
  };
}

/** What waits, what is broken and what runs, of the pipelines that the caller may see. From the database alone. */
export class AuthorizedOverview {
  readonly #workspaces: WorkspacesService;
  readonly #authorizer: Authorizer;
  readonly #store: OverviewStore;
  readonly #engines: EngineDirectory;

  constructor(options: {
    workspaces: WorkspacesService;
    authorizer: Authorizer;
    store: OverviewStore;
    engines: EngineDirectory;
  }) {
    this.#workspaces = options.workspaces;
    this.#authorizer = options.authorizer;
    this.#store = options.store;
    this.#engines = options.engines;
  }

  /** @param names.workspace - `~all`: every workspace that the caller can read */
  async get(
    names: { workspace: string },
    options: CallOptions,
  ): Promise<Overview> {
    const workspaces =
      names.workspace === ALL
        ? await this.#workspaces.list(options)
        : [await this.#workspaces.get(names.workspace, options)];
    const scopes = await Promise.all(
      workspaces.map(workspace => this.#scope(workspace, options)),
    );
    const [pipelines, waiting, broken, running, active, engines] =
      await Promise.all([
        this.#store.countPipelines(scopes),
        this.#store.live(scopes, 'waiting', MAX_JUDGED),
        this.#store.broken(scopes, ROWS),
        this.#store.live(scopes, 'running', ROWS),
        this.#store.active(scopes, ROWS),
        this.#store.engines(scopes),
      ]);
    const mine = await this.#mine(waiting.runs, workspaces, options);
    const warnings = await this.#engines.warnings();
    return {
      waiting: mine.slice(0, ROWS),
      broken: broken.runs.map(overviewRun),
      running: running.runs.map(overviewRun),
      results: active.map(({ workspace, name, recent }) => ({
        workspace,
        pipeline: name,
        recent,
      })),
      counts: {
        pipelines,
        waiting: mine.length,
        broken: broken.total,
        running: running.total,
      },
      warnings: warnings
        .filter(({ engine }) => engines.includes(engine))
        .map(({ warning }) => warning),
    };
  }

  async #scope(
    workspace: WorkspaceRecord,
    options: CallOptions,
  ): Promise<PipelineScope> {
    return {
      workspaceRef: workspace.ref,
      environment: workspace.environment,
      criteria: await this.#authorizer.pipelineCriteria(
        pipelineReadPermission,
        workspace,
        options,
      ),
    };
  }

  /** Approvals that the caller may decide. */
  async #mine(
    waiting: RunOfPipeline[],
    workspaces: WorkspaceRecord[],
    options: CallOptions,
  ): Promise<Overview['waiting']> {
    const { subjects } = await this.#authorizer.identity(options.credentials);
    const mine: Overview['waiting'] = [];
    for (const found of waiting) {
      const { pipeline, run } = found;
      const workspace = workspaces.find(
        ({ ref }) => ref === pipeline.workspaceRef,
      );
      if (workspace) {
        const can = await this.#authorizer.can(
          [runApprovePermission],
          { workspace, pipeline: targetOf(pipeline, workspace) },
          options,
        );
        const decider = {
          subjects,
          role: await this.#authorizer.role(workspace, options),
          isPermitted: can.has(runApprovePermission.name),
        };
        for (const approval of run.approvals) {
          if (refusal(approval, decider) === undefined) {
            mine.push({
              run: overviewRun(found),
              approval: approvalView(approval, undefined),
            });
          }
        }
      }
    }
    return mine;
  }
}
