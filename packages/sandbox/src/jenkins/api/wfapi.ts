import type { FlowNode, FlowNodeState } from '../execution/types';
import { HttpError, json, Reply } from '../http/reply';
import type { Route } from '../http/routes';
import type { Build } from '../model/Build';
import { rangesFrom, rangesLength, stripNotes } from '../model/BuildLog';
import type { Job } from '../model/Item';
import { stageOf } from '../model/nodes';
import { escapeXml } from '../xml/editor';
import { pendingInputs } from './input';
import { nodeLogRanges } from './logs';

/** `JobExt.maxRunsPerJob` */
const MAX_RUNS = 10;
const MAX_CHILDREN = 100;
const MAX_ARTIFACTS = 100;
const MAX_LOG_BYTES = 10 * 1024;

const STATUS: Record<FlowNodeState, string> = {
  running: 'IN_PROGRESS',
  paused: 'PAUSED_PENDING_INPUT',
  success: 'SUCCESS',
  unstable: 'UNSTABLE',
  failure: 'FAILED',
  aborted: 'ABORTED',
  not_built: 'NOT_EXECUTED',
  skipped: 'NOT_EXECUTED',
};

function runStatus(build: Build): string {
  const { result, building } = build.record;
  if (building) {
    return pendingInputs(build).length ? 'PAUSED_PENDING_INPUT' : 'IN_PROGRESS';
  }
  const names: Record<string, string> = {
    FAILURE: 'FAILED',
    NOT_BUILT: 'NOT_EXECUTED',
  };
  return names[result ?? ''] ?? result ?? 'IN_PROGRESS';
}

const self = (href: string) => ({ self: { href } });

function durationOf(node: FlowNode): number {
  return Math.max(0, (node.endTime ?? Date.now()) - node.startTime);
}

function atomJson(build: Build, node: FlowNode) {
  return {
    _links: {
      ...self(`/${build.url}execution/node/${node.id}/wfapi/describe`),
      ...(node.kind === 'step' && {
        log: { href: `/${build.url}execution/node/${node.id}/wfapi/log` },
      }),
    },
    id: node.id,
    name: node.displayName,
    execNode: '',
    status: STATUS[node.state],
    ...(node.error && { error: node.error }),
    ...(node.description && { parameterDescription: node.description }),
    startTimeMillis: node.startTime,
    durationMillis: durationOf(node),
    pauseDurationMillis: node.pauseMs,
  };
}

/** Stages in a flat list: parallel branches and nesting are not told here, as in the plugin. */
function stages(build: Build): FlowNode[] {
  return [...build.nodes.values()].filter(node => node.kind === 'stage');
}

function childrenOf(build: Build, stage: FlowNode) {
  const { nodes } = build;
  return [...nodes.values()]
    .filter(
      node => node.kind === 'step' && stageOf(nodes, node)?.id === stage.id,
    )
    .slice(0, MAX_CHILDREN)
    .map(node => ({
      ...atomJson(build, node),
      parentNodes: node.parentId === undefined ? [] : [node.parentId],
    }));
}

function stageJson(build: Build, stage: FlowNode, full: boolean) {
  const atom = atomJson(build, stage);
  return full ? { ...atom, stageFlowNodes: childrenOf(build, stage) } : atom;
}

function runJson(build: Build, full: boolean) {
  const { record } = build;
  const base = `/${build.url}wfapi`;
  const list = stages(build);
  const pause = [...build.nodes.values()]
    .filter(node => node.kind === 'step')
    .reduce((sum, node) => sum + node.pauseMs, 0);
  const end = record.building ? Date.now() : record.startTime + record.duration;
  const changed = record.checkouts.some(({ changes }) => changes.length > 0);
  return {
    _links: {
      ...self(`${base}/describe`),
      ...(pendingInputs(build).length && {
        pendingInputActions: { href: `${base}/pendingInputActions` },
      }),
      ...(changed && { changesets: { href: `${base}/changesets` } }),
      ...(build.artifacts.length && {
        artifacts: { href: `${base}/artifacts` },
      }),
    },
    id: String(build.number),
    name: build.displayName,
    status: runStatus(build),
    startTimeMillis: record.startTime,
    endTimeMillis: end,
    durationMillis: end - record.startTime,
    queueDurationMillis: record.startTime - record.timestamp,
    pauseDurationMillis: pause,
    stages: list.map(stage => stageJson(build, stage, full)),
  };
}

function nodeOf(build: Build, id: string): FlowNode {
  const node = build.nodes.get(id);
  if (!node) throw new HttpError(404, `No node ${id}`);
  return node;
}

/** The last 10 KiB of a step's log. */
async function nodeLog(build: Build, id: string): Promise<Reply> {
  const node = nodeOf(build, id);
  const all = await nodeLogRanges(build, id);
  const length = rangesLength(all);
  const start = Math.max(0, length - MAX_LOG_BYTES);
  const chunks: Buffer[] = [];
  const stream = build.log.read(rangesFrom(all, start)).pipe(stripNotes());
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return json({
    nodeId: id,
    nodeStatus: STATUS[node.state],
    length: length - start,
    hasMore: start > 0,
    text: escapeXml(Buffer.concat(chunks).toString('utf8')),
    consoleUrl: `/${build.url}execution/node/${id}/log`,
  });
}

export const wfapiRunRoutes: Route<Build>[] = [
  ...['wfapi', 'wfapi/describe'].map((path): Route<Build> => ({
    method: 'GET',
    path,
    handle: (build, exchange) =>
      json(runJson(build, exchange.parameter('fullStages') === 'true')),
  })),
  {
    method: 'GET',
    path: 'wfapi/changesets',
    handle: build =>
      json(
        build.record.checkouts
          .filter(({ changes }) => changes.length > 0)
          .map(({ changes }) => ({
            kind: 'git',
            commitCount: changes.length,
            commits: changes.map(change => ({
              commitId: change.commitId,
              message: change.message,
              authorJenkinsId: change.author,
              timestamp: change.timestamp,
            })),
          })),
      ),
  },
  {
    method: 'GET',
    path: 'wfapi/artifacts',
    handle: build =>
      json(
        build.artifacts.slice(0, MAX_ARTIFACTS).map((file, index) => ({
          id: `n${index + 1}`,
          name: file.path.slice(file.path.lastIndexOf('/') + 1),
          path: file.path,
          url: `/${build.url}artifact/${file.path.split('/').map(encodeURIComponent).join('/')}`,
          size: file.size,
        })),
      ),
  },
  {
    method: 'GET',
    path: 'execution/node/:id/wfapi/describe',
    handle(build, _exchange, { id }) {
      const node = nodeOf(build, id);
      return json(
        node.kind === 'stage'
          ? stageJson(build, node, true)
          : atomJson(build, node),
      );
    },
  },
  {
    method: 'GET',
    path: 'execution/node/:id/wfapi/log',
    handle: (build, _exchange, { id }) => nodeLog(build, id),
  },
];

export const wfapiJobRoutes: Route<Job>[] = [
  ...['wfapi', 'wfapi/describe'].map((path): Route<Job> => ({
    method: 'GET',
    path,
    handle: job =>
      json({
        _links: {
          ...self(`/${job.url}wfapi/describe`),
          runs: { href: `/${job.url}wfapi/runs` },
        },
        name: job.name,
        runCount: job.builds.count,
      }),
  })),
  {
    method: 'GET',
    path: 'wfapi/runs',
    handle(job, exchange) {
      const since = exchange.parameter('since');
      const full = exchange.parameter('fullStages') === 'true';
      const runs = [];
      for (const build of job.builds) {
        runs.push(runJson(build, full));
        if (runs.length >= MAX_RUNS || build.displayName === since) break;
      }
      return json(runs);
    },
  },
];
