import type {
  KubeObject,
  KubeStatus,
} from '@amamba/backstage-plugin-amamba-common';
import type { Readable } from 'stream';
import { apiVersionOf } from '../apiVersion';
import { UpstreamError } from '../../http';
import type { ClusterTransport } from './ClusterTransport';
import { kubernetesError } from './errors';
import { selection } from './reads';
import type { ResourceType, WatchEvent, WatchOptions } from './types';

const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
/** An object has at most 1.5 MB in the store. */
const MAX_LINE_BYTES = 8_000_000;
const NEWLINE = 10;
/** seconds after which the server closes by itself; spread, so that not all watches begin again at once */
const SERVER_CLOSES_S = [240, 300] as const;
const INITIAL_END = 'k8s.io/initial-events-end';

interface RawEvent {
  type: string;
  object: KubeObject & Partial<KubeStatus>;
}

/**
 * Cuts a body into lines.
 *
 * @throws UpstreamError for a line that is longer than any object
 */
export async function* linesOf(
  body: AsyncIterable<Buffer>,
  subject: string,
): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0;) {
      parts.push(chunk.subarray(from, end));
      const line = Buffer.concat(parts).toString('utf8');
      parts = [];
      size = 0;
      from = end + 1;
      end = chunk.indexOf(NEWLINE, from);
      if (line) yield line;
    }
    size += chunk.length - from;
    if (size > MAX_LINE_BYTES) {
      throw new UpstreamError(
        `${subject} sent an object of more than ${MAX_LINE_BYTES / 1_000_000} MB`,
        { reason: 'tooLarge' },
      );
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(parts).toString('utf8');
  if (rest) yield rest;
}

function readEvent(
  { type, object }: RawEvent,
  identity: { apiVersion: string; kind: string },
  fail: (status: KubeStatus) => Error,
): WatchEvent | undefined {
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type, object: Object.assign(object, identity) };
    case 'BOOKMARK':
      return {
        type,
        resourceVersion: object.metadata.resourceVersion ?? '',
        initial: object.metadata.annotations?.[INITIAL_END] === 'true',
      };
    case 'ERROR':
      throw fail({ code: 500, ...object });
    default:
      return undefined;
  }
}

/** Events of a kind until the server closes. */
export async function* watchEvents(
  transport: ClusterTransport,
  type: ResourceType,
  options: WatchOptions = {},
): AsyncGenerator<WatchEvent> {
  const selected = selection(type, options);
  const [least, most] = SERVER_CLOSES_S;
  const body: Readable = await transport.watch({
    ...selected,
    what: `changes of ${selected.what}`,
    accept: options.metadataOnly ? METADATA : undefined,
    query: {
      ...selected.query,
      watch: 1,
      allowWatchBookmarks: true,
      timeoutSeconds: Math.round(least + Math.random() * (most - least)),
      resourceVersion: options.resourceVersion,
      ...(options.initialEvents && {
        sendInitialEvents: true,
        resourceVersionMatch: 'NotOlderThan',
      }),
    },
  });
  options.onOpen?.();
  const identity = { apiVersion: apiVersionOf(type), kind: type.kind };
  const subject = `Cluster "${transport.cluster}"`;
  const fail = (status: KubeStatus) =>
    kubernetesError(transport.cluster, selected.what, status);
  try {
    for await (const line of linesOf(body, subject)) {
      let raw: RawEvent;
      try {
        raw = JSON.parse(line);
      } catch {
        throw new UpstreamError(`${subject} broke off inside of an object`, {
          reason: 'unreachable',
        });
      }
      const event = readEvent(raw, identity, fail);
      if (event) yield event;
    }
  } finally {
    body.destroy();
  }
}
