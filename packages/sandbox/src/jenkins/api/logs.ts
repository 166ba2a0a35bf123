import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Exchange } from '../http/exchange';
import { HttpError, Reply, reply } from '../http/reply';
import type { Route } from '../http/routes';
import type { Build } from '../model/Build';
import {
  ByteRange,
  rangesFrom,
  rangesLength,
  stripNotes,
} from '../model/BuildLog';
import { withDescendants } from '../model/nodes';

/** Jenkins compresses what is longer than this when the client takes gzip. */
const GZIP_FROM_BYTES = 4096;
const CR = 13;

function escapeHtmlStream(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // All that is escaped is ASCII, so a chunk may be cut anywhere: latin1 keeps every byte.
      const escaped = chunk
        .toString('latin1')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;');
      done(null, Buffer.from(escaped, 'latin1'));
    },
  });
}

/**
 * Writes CR LF for a lone LF, as Stapler does in progressive texts (and only there). One more reason not to compute
 * offsets from what was received.
 */
function normalizeLineEnds(): Transform {
  let last = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = chunk.toString('latin1');
      const joined = last === CR && text.startsWith('\n') ? `\r${text}` : text;
      const ended = joined.replace(/\r?\n/g, '\r\n');
      const start = joined === text ? 0 : 1;
      last = chunk[chunk.length - 1];
      done(null, Buffer.from(ended.slice(start), 'latin1'));
    },
  });
}

/** Pipes streams together so that an error or an early end of one ends them all. */
function chain(first: Readable, ...rest: Transform[]): Readable {
  return rest.reduce<Readable>((from, to) => {
    from.on('error', error => to.destroy(error));
    to.on('close', () => from.destroy());
    return from.pipe(to);
  }, first);
}

/**
 * `progressiveText`: what stands behind `start`, the offset to send next in `X-Text-Size`, and `X-More-Data` while the
 * run goes on. Offsets count bytes of the file; a start behind its end begins again at 0.
 */
function progressive(
  build: Build,
  exchange: Exchange,
  all: ByteRange[],
  view: { html: boolean; more: boolean },
): Reply {
  const size = rangesLength(all);
  const asked = Number.parseInt(exchange.parameter('start') ?? '0', 10);
  const start = asked > 0 && asked <= size ? asked : 0;
  const ranges = rangesFrom(all, start);
  const type = view.html
    ? 'text/html;charset=utf-8'
    : 'text/plain;charset=utf-8';
  const headers: Record<string, string> = { 'X-Text-Size': String(size) };
  if (view.more) headers['X-More-Data'] = 'true';
  const transforms = [stripNotes(), normalizeLineEnds()];
  if (view.html) transforms.push(escapeHtmlStream());
  const gzip =
    size - start > GZIP_FROM_BYTES &&
    /\bgzip\b/.test(exchange.header('accept-encoding') ?? '');
  if (gzip) {
    headers['Content-Encoding'] = 'gzip';
    transforms.push(createGzip());
  }
  return reply(
    200,
    type,
    chain(build.log.read(ranges), ...transforms),
    headers,
  );
}

function whole(build: Build): ByteRange[] {
  return [{ start: 0, end: build.log.size }];
}

/** The log of a step. A node that said nothing has no such page. */
async function ofNode(build: Build, id: string): Promise<ByteRange[]> {
  const ranges = await build.log.rangesOf(new Set([id]));
  if (!rangesLength(ranges)) throw new HttpError(404, `Node ${id} has no log`);
  return ranges;
}

/** Plain text of some part of the log, streamed. */
export function logText(build: Build, ranges: ByteRange[]): Reply {
  return reply(
    200,
    'text/plain;charset=utf-8',
    chain(build.log.read(ranges), stripNotes()),
  );
}

/** The log of a step, or of all steps below a stage. */
export function nodeLogRanges(build: Build, id: string): Promise<ByteRange[]> {
  return build.log.rangesOf(withDescendants(build.nodes, id));
}

export const logRoutes: Route<Build>[] = [
  {
    method: 'ANY',
    path: 'consoleText',
    handle: build => logText(build, whole(build)),
  },
  {
    method: 'GET',
    path: 'console',
    handle: build =>
      reply(
        200,
        'text/html;charset=utf-8',
        chain(build.log.read(whole(build)), stripNotes(), escapeHtmlStream()),
      ),
  },
  ...[false, true].flatMap((html): Route<Build>[] => {
    const name = html ? 'progressiveHtml' : 'progressiveText';
    return [
      {
        method: 'ANY',
        path: `logText/${name}`,
        handle: (build, exchange) =>
          progressive(build, exchange, whole(build), {
            html,
            // A log that is not there (yet) is one that may come.
            more: build.record.building || !build.log.exists,
          }),
      },
      {
        method: 'ANY',
        path: `execution/node/:id/log/logText/${name}`,
        handle: async (build, exchange, { id }) =>
          progressive(build, exchange, await ofNode(build, id), {
            html,
            more: build.nodes.get(id)?.endTime === undefined,
          }),
      },
    ];
  }),
  {
    method: 'GET',
    path: 'execution/node/:id/log',
    handle: async (build, _exchange, { id }) =>
      reply(
        200,
        'text/html;charset=utf-8',
        chain(
          build.log.read(await ofNode(build, id)),
          stripNotes(),
          escapeHtmlStream(),
        ),
      ),
  },
];
