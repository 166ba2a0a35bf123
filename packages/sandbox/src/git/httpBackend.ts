import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** What `git http-backend` is told of a request. */
export interface BackendRequest {
  /** directory that holds the bare repositories */
  projectRoot: string;
  /** path below it, e.g. `/shop.git/info/refs` */
  pathInfo: string;
  queryString: string;
  /** undefined: nobody; git takes no push then unless the repository allows it */
  user: string | undefined;
}

const HEADER_END = Buffer.from('\r\n\r\n');
const MAX_HEADER_BYTES = 64 * 1024;

function environment(
  request: IncomingMessage,
  { projectRoot, pathInfo, queryString, user }: BackendRequest,
): NodeJS.ProcessEnv {
  const { headers, method } = request;
  const encoding = headers['content-encoding'];
  const protocol = headers['git-protocol'];
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    GIT_PROJECT_ROOT: projectRoot,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    PATH_INFO: pathInfo,
    QUERY_STRING: queryString,
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: headers['content-length'] ?? '',
    REMOTE_ADDR: request.socket.remoteAddress,
    ...(user !== undefined && { REMOTE_USER: user }),
    ...(encoding && { HTTP_CONTENT_ENCODING: encoding }),
    ...(typeof protocol === 'string' && { GIT_PROTOCOL: protocol }),
  };
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else if (colon > 0) response.setHeader(name, value);
  }
  response.writeHead(status);
}

/**
 * Lets git's own CGI program answer a request, streaming both ways.
 * @returns whether it ended well
 */
export async function runHttpBackend(
  request: IncomingMessage,
  response: ServerResponse,
  options: BackendRequest,
): Promise<boolean> {
  const child = spawn('git', ['http-backend'], {
    env: environment(request, options),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exit = new Promise<boolean>(resolve => {
    child.once('error', () => resolve(false));
    child.once('close', code => resolve(code === 0));
  });
  response.once('close', () => child.kill());
  // A client that breaks off, or a program that does not read to the end, are no faults of ours.
  const input = pipeline(request, child.stdin).catch(() => undefined);
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    if (head === undefined) {
      if (!response.write(chunk)) {
        await new Promise(resolve => {
          response.once('drain', resolve);
          response.once('close', resolve);
        });
      }
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(HEADER_END);
    if (end >= 0) {
      writeHead(response, head.subarray(0, end).toString('latin1'));
      response.write(head.subarray(end + HEADER_END.length));
      head = undefined;
    } else if (head.length > MAX_HEADER_BYTES) {
      break;
    }
  }
  await input;
  const well = await exit;
  if (!response.headersSent) response.writeHead(500);
  response.end();
  return well;
}
