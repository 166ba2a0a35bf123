import { readKubeStatus } from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import { PassThrough, Writable } from 'stream';
import WebSocket from 'ws';
import type { ClusterTransport } from './ClusterTransport';
import type { ClusterEndpoint } from './endpoint';
import { kubernetesError } from './errors';
import type { ExecOptions, ExecResult, ExecSession } from './exec';
import { objectPath, objectTitle } from './paths';
import type { ObjectRef, ResourceType } from './types';

const PODS: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'pods',
  kind: 'Pod',
  namespaced: true,
};
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const HANDSHAKE_MS = 10_000;
/** a connection without a sign of life for this long is dead */
const PING_MS = 30_000;
const MAX_FRAME_BYTES = 1_000_000;
const MAX_ERROR_BYTES = 64_000;

/** First byte of every frame. */
const CHANNEL = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  status: 3,
  resize: 4,
  close: 255,
} as const;

interface StatusFrame {
  status?: string;
  message?: string;
  details?: { causes?: { reason?: string; message?: string }[] };
}

/** How the command ended, out of the last frame. Without an exit code in it (not all runtimes give one) the text is looked at. */
export function readExecResult(text: string): ExecResult {
  let frame: StatusFrame | null | undefined;
  try {
    frame = JSON.parse(text);
  } catch {
    frame = undefined;
  }
  if (!frame) {
    return { type: 'failed', message: 'The cluster ended the command' };
  }
  if (frame.status === 'Success') return { type: 'exited', code: 0 };
  const cause = frame.details?.causes?.find(
    ({ reason }) => reason === 'ExitCode',
  );
  const code =
    cause?.message ?? /exit status (\d+)/.exec(frame.message ?? '')?.[1];
  return code !== undefined && /^\d+$/.test(code)
    ? { type: 'exited', code: Number(code) }
    : { type: 'failed', message: frame.message ?? 'The command did not run' };
}

function framed(channel: number, content: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from([channel]), Buffer.from(content)]);
}

function execQuery({ command, container, stdin, tty }: ExecOptions) {
  if (command.length === 0 || command[0] === '') {
    throw new InputError('There is no command to run');
  }
  return {
    ...{ command, container },
    stdin: stdin ?? false,
    stdout: true,
    stderr: !tty,
    tty: tty ?? false,
  };
}

/** Opens the connection, or throws what the API server said instead. */
async function connect(
  transport: ClusterTransport,
  endpoint: ClusterEndpoint,
  ref: ObjectRef,
  options: ExecOptions,
): Promise<WebSocket> {
  const what = `a command in ${objectTitle(PODS, ref)}`;
  const { url, authorization } = await transport.upgrade({
    path: objectPath(PODS, ref, 'exec'),
    query: execQuery(options),
  });
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  const socket = new WebSocket(url, PROTOCOLS, {
    headers: { ...authorization.headers },
    ca: endpoint.ca,
    rejectUnauthorized: !endpoint.skipTlsVerify,
    cert: authorization.cert,
    key: authorization.key,
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      // Frames that came with the handshake wait until somebody listens.
      socket.pause();
      resolve(socket);
    });
    socket.once('unexpected-response', (request, response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        if (text.length < MAX_ERROR_BYTES) text += part;
      });
      response.on('close', () => {
        request.destroy();
        const status = readKubeStatus(response.statusCode ?? 500, text);
        reject(kubernetesError(endpoint.name, what, status));
      });
    });
    socket.once('error', error =>
      reject(transport.explain(error, { path: objectPath(PODS, ref), what })),
    );
  });
}

/**
 * Runs a command in a container, over WebSocket.
 *
 * @throws InputError, NotFoundError, UpstreamError as the client does, before the command begins
 */
export async function openExec(
  transport: ClusterTransport,
  endpoint: ClusterEndpoint,
  ref: ObjectRef,
  options: ExecOptions,
): Promise<ExecSession> {
  options.signal?.throwIfAborted();
  const socket = await connect(transport, endpoint, ref, options);
  const send = (channel: number, content: Buffer | string) =>
    new Promise<void>((resolve, reject) => {
      socket.send(framed(channel, content), error =>
        error ? reject(error) : resolve(),
      );
    });
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = new Writable({
    write(chunk: Buffer, _encoding, done) {
      send(CHANNEL.stdin, chunk).then(() => done(), done);
    },
    final(done) {
      const knowsClose = socket.protocol === PROTOCOLS[0];
      (knowsClose
        ? send(CHANNEL.close, Buffer.from([CHANNEL.stdin]))
        : Promise.resolve()
      ).then(() => done(), done);
    },
  });
  stdin.on('error', () => {}); // the command ended first: `done` says how

  let result: ExecResult = {
    type: 'failed',
    message: 'The connection to the cluster broke',
  };
  const forward = (target: PassThrough, content: Buffer) => {
    if (content.length === 0 || target.destroyed) return;
    if (!target.write(content)) socket.pause();
  };
  for (const target of [stdout, stderr]) {
    target.on('drain', () => socket.resume());
    target.on('close', () => socket.resume());
  }
  socket.on('message', (data: Buffer) => {
    const content = data.subarray(1);
    switch (data[0]) {
      case CHANNEL.stdout:
        forward(stdout, content);
        break;
      case CHANNEL.stderr:
        forward(stderr, content);
        break;
      case CHANNEL.status:
        result = readExecResult(content.toString('utf8'));
        break;
      default:
        break;
    }
  });

  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const pings = setInterval(() => {
    if (!alive && !socket.isPaused) socket.terminate();
    alive = false;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, PING_MS);
  const close = () => socket.terminate();
  options.signal?.addEventListener('abort', close, { once: true });
  socket.on('error', () => {}); // 'close' follows
  const done = new Promise<ExecResult>(resolve => {
    socket.once('close', () => {
      clearInterval(pings);
      options.signal?.removeEventListener('abort', close);
      stdout.end();
      stderr.end();
      stdin.destroy();
      resolve(result);
    });
  });

  socket.resume();
  return {
    ...{ stdout, stderr, stdin, done, close },
    resize(columns, rows) {
      if (socket.readyState !== WebSocket.OPEN) return;
      const size = JSON.stringify({ Width: columns, Height: rows });
      send(CHANNEL.resize, size).catch(() => {});
    },
  };
}
