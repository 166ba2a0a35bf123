import { createHash } from 'node:crypto';
import type { FlowNode, PendingInput } from '../execution/types';
import {
  HttpError,
  okJson,
  errorJson,
  Reply,
  redirect,
  text,
} from '../http/reply';
import type { Exchange } from '../http/exchange';
import type { Route } from '../http/routes';
import { PERMISSION } from '../http/users';
import type { Build } from '../model/Build';
import type { Job } from '../model/Item';
import { Blockages, PipelineStage, stageIds, stageTree } from './stageTree';
import { pendingInputs } from './input';
import { logText, nodeLogRanges } from './logs';
import { rebuild } from './replay';

const MAX_RUNS = 10;
const ONE_DAY_S = 24 * 60 * 60;

/** A finished run never changes; one that goes on must not be kept. */
function cacheHeaders(build: Build) {
  return {
    'Cache-Control': build.record.building
      ? 'no-store'
      : `private, immutable, max-age=${ONE_DAY_S}`,
  };
}

function inputJson(input: PendingInput) {
  return {
    message: input.message,
    cancel: 'Abort',
    id: input.id,
    ok: input.ok,
    parameters: input.parameters.length > 0,
  };
}

/** Titles that the plugin leaves out because everybody knows them. */
const UNSAID_TITLES = ['Shell Script', 'Print Message'];

function stepJson(build: Build, node: FlowNode, stageId: string) {
  const input = pendingInputs(build).find(({ nodeId }) => nodeId === node.id);
  // A step is named by its arguments, else by its kind.
  const title = node.description ? node.displayName : '';
  return {
    id: node.id,
    name: (node.description || node.displayName).trim(),
    state: node.state,
    type: 'STEP',
    title: UNSAID_TITLES.includes(title) ? '' : title,
    pauseDurationMillis: node.pauseMs,
    startTimeMillis: node.startTime,
    totalDurationMillis:
      node.endTime === undefined ? undefined : node.endTime - node.startTime,
    stageId,
    inputStep: input && inputJson(input),
    flags: {},
  };
}

function steps(build: Build, stageId?: string): Reply {
  const owners = stageIds(build.nodes.values());
  const all = [...build.nodes.values()]
    .filter(node => node.kind === 'step')
    .map(node => stepJson(build, node, owners.get(node.id) ?? ''));
  return okJson(
    {
      steps:
        stageId === undefined ? all : all.filter(s => s.stageId === stageId),
      runIsComplete: !build.record.building,
    },
    cacheHeaders(build),
  );
}

/**
 * Stages that wait for an executor: their `node` block has begun and nothing in it has. The executor does not say which
 * of several waits for which label, so all get the first reason.
 */
function blockages(build: Build, { jenkins }: Exchange): Blockages {
  const task = jenkins.agents.waiting.find(waiting => waiting.build === build);
  const found = new Map<string, string>();
  if (!task?.why) return found;
  const nodes = [...build.nodes.values()];
  const owners = stageIds(nodes);
  for (const node of nodes) {
    const owner = owners.get(node.id);
    const waits =
      node.name === 'node' &&
      node.state === 'running' &&
      !nodes.some(({ parentId }) => parentId === node.id);
    if (waits && owner !== undefined) found.set(owner, task.why);
  }
  return found;
}

function nodeIdOf(exchange: Exchange): string {
  const id = exchange.parameter('nodeId');
  if (!id) throw new HttpError(400, "'nodeId' parameter is required");
  return id;
}

function withUrls(build: Build, stages: PipelineStage[]): unknown[] {
  return stages.map(stage => ({
    ...stage,
    children: withUrls(build, stage.children),
    url: `/${build.url}stages/?selected-node=${stage.id}`,
  }));
}

export const graphRunRoutes: Route<Build>[] = [
  {
    method: 'GET',
    path: 'stages/tree',
    handle(build, exchange) {
      const stages = stageTree(
        build.nodes.values(),
        blockages(build, exchange),
      );
      return okJson(
        { stages: withUrls(build, stages), complete: !build.record.building },
        cacheHeaders(build),
      );
    },
  },
  {
    method: 'GET',
    path: 'stages/allSteps',
    handle: build => steps(build),
  },
  {
    method: 'GET',
    path: 'stages/steps',
    handle(build, exchange) {
      const id = exchange.parameter('nodeId');
      return id ? steps(build, id) : errorJson(400, 'Error getting step list');
    },
  },
  {
    method: 'GET',
    path: 'stages/log',
    async handle(build, exchange) {
      const id = nodeIdOf(exchange);
      return logText(build, await nodeLogRanges(build, id));
    },
  },
  {
    method: 'GET',
    path: 'stages/exceptionText',
    handle(build, exchange) {
      const node = build.nodes.get(nodeIdOf(exchange));
      return text(node?.error?.message ?? '');
    },
  },
  {
    method: 'GET',
    path: 'stages/consoleBuildOutput',
    handle: () => redirect('../console'),
  },
  {
    method: 'GET',
    path: 'stages/nextBuild',
    handle(build, exchange) {
      const id = Number(exchange.parameter('queueId'));
      if (!Number.isInteger(id)) return errorJson(400, 'queueId is required');
      const next = build.job.builds.find(other => other.record.queueId === id);
      return okJson(next ? { nextBuildUrl: `/${next.url}` } : {});
    },
  },
  {
    method: 'POST',
    path: 'stages/rerun',
    permission: PERMISSION.build,
    handle(build, exchange) {
      if (!build.job.buildable) return errorJson(400, 'Job is not buildable');
      const queueId = rebuild(build, exchange);
      return okJson({ message: 'Build scheduled', queueId });
    },
  },
  {
    method: 'POST',
    path: 'stages/cancel',
    permission: PERMISSION.cancel,
    handle(build, { jenkins, caller }) {
      if (!build.record.building) {
        return errorJson(400, 'Run has already completed.');
      }
      jenkins.runner.interrupt(build, 'stop', caller.fullName);
      return okJson({});
    },
  },
];

export const graphJobRoutes: Route<Job>[] = [
  {
    method: 'GET',
    path: 'multi-pipeline-graph/runs',
    handle(job, exchange) {
      const runs = [];
      for (const build of job.builds) {
        const { record } = build;
        runs.push({
          id: String(build.number),
          displayName: build.displayName,
          timestamp: record.timestamp,
          duration: record.duration,
          changesCount: record.checkouts.reduce(
            (sum, { changes }) => sum + changes.length,
            0,
          ),
          result: record.building
            ? 'running'
            : (record.result ?? 'unknown').toLowerCase(),
        });
        if (runs.length >= MAX_RUNS) break;
      }
      const answer = okJson(runs, { 'Cache-Control': 'no-cache' });
      const digest = createHash('sha256').update(String(answer.body));
      const tag = `"${digest.digest('base64url')}"`;
      if (exchange.header('if-none-match') === tag) {
        return { status: 304, headers: { ETag: tag }, body: '' };
      }
      return { ...answer, headers: { ...answer.headers, ETag: tag } };
    },
  },
];
