import { artifactRoutes } from '../api/artifacts';
import { buildRoutes } from '../api/builds';
import { checkRoutes } from '../api/checks';
import {
  folderCredentialRoutes,
  systemCredentialRoutes,
} from '../api/credentials';
import { graphJobRoutes, graphRunRoutes } from '../api/graph';
import { inputRoutes } from '../api/input';
import { containerRoutes, folderRoutes, jobRoutes } from '../api/items';
import { logRoutes } from '../api/logs';
import { queueRoutes } from '../api/queue';
import { replayRoutes } from '../api/replay';
import { rootRoutes, UNPROTECTED } from '../api/root';
import { findRun, runRoutes } from '../api/runs';
import { testRoutes } from '../api/tests';
import { webhookRoutes } from '../api/webhooks';
import { wfapiJobRoutes, wfapiRunRoutes } from '../api/wfapi';
import type { Build } from '../model/Build';
import type { Folder, Item, Job } from '../model/Item';
import type { Exchange } from './exchange';
import { HttpError, redirect, Reply } from './reply';
import { dispatch, Route } from './routes';
import { PERMISSION } from './users';

const ofRoot: Route<Folder>[] = [
  ...rootRoutes,
  ...containerRoutes,
  ...queueRoutes,
  ...webhookRoutes,
  ...systemCredentialRoutes,
];
const ofFolder: Route<Folder>[] = [...folderRoutes, ...folderCredentialRoutes];
const ofJob: Route<Job>[] = [
  ...jobRoutes,
  ...buildRoutes,
  ...wfapiJobRoutes,
  ...graphJobRoutes,
];
const ofRun: Route<Build>[] = [
  ...runRoutes,
  ...logRoutes,
  ...artifactRoutes,
  ...testRoutes,
  ...inputRoutes,
  ...replayRoutes,
  ...wfapiRunRoutes,
  ...graphRunRoutes,
];

/** Hides what the caller may not see: 404, or 403 when he may know that it exists. */
function assertVisible(exchange: Exchange, path: string): void {
  const { caller } = exchange;
  if (caller.can(PERMISSION.read)) return;
  if (caller.can(PERMISSION.discover)) exchange.require(PERMISSION.read);
  throw new HttpError(404, `Nothing at ${path}`);
}

async function handleJob(
  job: Job,
  exchange: Exchange,
  segments: string[],
): Promise<Reply | undefined> {
  const own =
    (await dispatch(ofJob, job, exchange, segments)) ??
    (await dispatch(checkRoutes, job, exchange, segments));
  if (own || !segments.length) return own;
  const build = findRun(job, segments[0]);
  return build && dispatch(ofRun, build, exchange, segments.slice(1));
}

/**
 * Finds what a path names and lets it answer.
 * @throws HttpError 404 when there is no such thing, or nothing of the stand-in answers there
 */
export async function handle(exchange: Exchange): Promise<Reply> {
  const { segments, jenkins } = exchange;
  const path = exchange.request.url ?? '/';
  if (!UNPROTECTED.includes(segments[0])) {
    exchange.require(PERMISSION.overallRead);
  }
  let item: Item = jenkins.items.root;
  let at = 0;
  while (segments[at] === 'job' && item.kind === 'folder') {
    const child: Item | undefined = item.child(segments[at + 1] ?? '');
    assertVisible(exchange, path);
    if (!child) throw new HttpError(404, `Nothing at ${path}`);
    item = child;
    at += 2;
  }
  const rest = segments.slice(at);
  const bare = path.split('?')[0];
  if (
    at &&
    !rest.length &&
    exchange.request.method === 'GET' &&
    !bare.endsWith('/')
  ) {
    return redirect(`${jenkins.rootUrl}${item.url}`);
  }
  let answer: Reply | undefined;
  if (item.kind === 'job') answer = await handleJob(item, exchange, rest);
  else if (item.isRoot) {
    answer =
      (await dispatch(ofRoot, item, exchange, rest)) ??
      (await dispatch(checkRoutes, undefined, exchange, rest));
  } else answer = await dispatch(ofFolder, item, exchange, rest);
  if (!answer) {
    throw new HttpError(
      404,
      `Nothing at ${path}: it does not exist, or this stand-in does not have it`,
    );
  }
  return answer;
}
