import {
  helmStatusSchema,
  type HelmRevision,
  type JsonObject,
  type KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import { promisify } from 'util';
import { gunzip } from 'zlib';
import { z } from 'zod';
import { UpstreamError } from '../../http';

const MAX_BYTES = 32 * 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
const EPOCH = new Date(0).toISOString();
const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

const map = z.record(z.string(), z.json());
const recordSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  version: z.number().int().positive(),
  /** the user's values */
  config: map.nullish(),
  manifest: z.string().nullish(),
  hooks: z
    .array(
      z.object({
        name: z.string(),
        kind: z.string(),
        manifest: z.string().nullish(),
        events: z.array(z.string()).nullish(),
        last_run: z.object({ phase: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
  info: z.object({
    last_deployed: z.string().nullish(),
    description: z.string().nullish(),
    status: z.string(),
    notes: z.string().nullish(),
  }),
  chart: z
    .object({
      metadata: z
        .object({
          name: z.string().nullish(),
          version: z.string().nullish(),
          appVersion: z.coerce.string().nullish(),
        })
        .nullish(),
      values: map.nullish(),
    })
    .nullish(),
  /** absent: client-side apply, as Helm 3 did */
  apply_method: z.string().nullish(),
});

/** A revision of a release as Helm 3 and 4 keep it. */
export type HelmRecord = z.output<typeof recordSchema>;

/** A Secret that holds one. */
export interface ReleaseSecret extends KubeObject {
  data?: Readonly<Record<string, string>>;
}

/** Helm 4's own times have nanoseconds, and the zero time stands for none. */
function instant(time: string | null | undefined): string {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) || at < 0 ? EPOCH : new Date(at).toISOString();
}

/** Reads what Helm wrote: base64 over gzip over JSON, or JSON as it is. @throws UpstreamError */
export async function decodeRelease(text: string): Promise<HelmRecord> {
  const bytes = Buffer.from(text, 'base64');
  const unpacked = bytes.subarray(0, 3).equals(GZIP)
    ? await inflate(bytes, { maxOutputLength: MAX_BYTES })
    : bytes;
  return recordSchema.parse(JSON.parse(unpacked.toString('utf8')));
}

/** The revision that a Secret holds. @throws UpstreamError when it holds something else */
export async function releaseIn(secret: ReleaseSecret): Promise<HelmRecord> {
  try {
    const encoded = Buffer.from(secret.data?.release ?? '', 'base64');
    return await decodeRelease(encoded.toString('latin1'));
  } catch {
    throw new UpstreamError(
      `Secret ${secret.metadata.name} holds no release of Helm that the portal can read`,
      { reason: 'unreadable' },
    );
  }
}

/** A row of the history. */
export function revisionOf({ version, info, chart }: HelmRecord): HelmRevision {
  const status = helmStatusSchema.safeParse(info.status);
  return {
    revision: version,
    status: status.success ? status.data : 'unknown',
    chart: chart?.metadata?.name ?? '',
    chartVersion: chart?.metadata?.version ?? '',
    appVersion: chart?.metadata?.appVersion || undefined,
    description: info.description || undefined,
    updatedAt: instant(info.last_deployed),
  };
}

/** What Helm makes of the chart's defaults and the user's values: maps are merged, null takes a default away. */
export function computedValues({ chart, config }: HelmRecord): JsonObject {
  return merge(chart?.values ?? {}, config ?? {});
}

function merge(below: JsonObject, above: JsonObject): JsonObject {
  const result: Record<string, JsonObject[string]> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const other = Object.hasOwn(result, key) ? result[key] : undefined;
    if (value === null) delete result[key];
    else
      result[key] = isMap(value) && isMap(other) ? merge(other, value) : value;
  }
  return result;
}

function isMap(value: JsonObject[string] | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
