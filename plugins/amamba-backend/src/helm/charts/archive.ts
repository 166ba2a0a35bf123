import {
  isJsonObject,
  readYaml,
  type JsonObject,
} from '@amamba/backstage-plugin-amamba-common';
import { InputError } from '@backstage/errors';
import { Parser, type ReadEntry } from 'tar';
import { gunzipSync } from 'zlib';

const UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 10_000;
const FILE_BYTES = 1_000_000;
const FILES = ['Chart.yaml', 'values.yaml', 'values.schema.json', 'README.md'];
const PLAIN_TYPES = ['File', 'OldFile', 'ContiguousFile', 'Directory'];

/** What a form needs of a chart. */
export interface Chart {
  /** Chart.yaml */
  metadata: JsonObject;
  readme?: string;
  /** values.yaml, with its comments */
  values: string;
  /** values.schema.json */
  schema?: JsonObject;
}

/** Why an entry of an archive is not taken; undefined when it is. */
function refusalOf({ path, type }: ReadEntry): string | undefined {
  const name = JSON.stringify(path.slice(0, 100));
  if (!PLAIN_TYPES.includes(type)) return `${name} is no file but a ${type}`;
  const isOutside =
    /^(?:[\\/]|[A-Za-z]:)/.test(path) ||
    /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path);
  return isOutside ? `${name} lies outside of the chart` : undefined;
}

/**
 * Files at the top of a chart, out of its archive, in memory.
 * @throws InputError for what is no archive, is too large, or holds links or paths that lead out of it
 */
function filesOf(archive: Buffer, title: string): Map<string, Buffer> {
  const refuse = (why: string) =>
    new InputError(`The archive of ${title} cannot be used: ${why}.`);
  let bytes: Buffer;
  try {
    bytes = gunzipSync(archive, { maxOutputLength: UNPACKED_BYTES });
  } catch (error) {
    const isTooLarge =
      (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw refuse(isTooLarge ? 'it is too large' : 'it is not a .tgz');
  }
  const files = new Map<string, Buffer>();
  const problems: string[] = [];
  let count = 0;
  const parser = new Parser({
    strict: true,
    onReadEntry: entry => {
      const refusal = refusalOf(entry);
      if (refusal) problems.push(refusal);
      if (++count > MAX_ENTRIES) problems.push('it holds too many files');
      const [, ...rest] = entry.path.split('/');
      const name = rest.join('/');
      if (problems.length > 0 || !FILES.includes(name)) {
        entry.resume();
        return;
      }
      if (entry.size > FILE_BYTES) problems.push(`${name} is too large`);
      const parts: Buffer[] = [];
      entry.on('data', part => parts.push(Buffer.from(part)));
      entry.on('end', () => files.set(name, Buffer.concat(parts)));
    },
  });
  parser.on('error', () => problems.push('it is broken'));
  try {
    parser.end(bytes);
  } catch {
    problems.push('it is broken');
  }
  if (problems.length > 0) throw refuse(problems[0]);
  if (!files.has('Chart.yaml')) throw refuse('it holds no Chart.yaml');
  return files;
}

function schemaOf(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Helm says what is wrong with it; a form can be made without.
    return undefined;
  }
}

/** Reads a chart out of its archive. @throws InputError */
export function readChart(archive: Buffer, title: string): Chart {
  const files = filesOf(archive, title);
  const text = (name: string) => files.get(name)?.toString('utf8');
  const reading = readYaml(text('Chart.yaml') ?? '');
  const metadata =
    'documents' in reading ? reading.documents[0]?.value : undefined;
  if (!isJsonObject(metadata)) {
    throw new InputError(
      `The archive of ${title} cannot be used: its Chart.yaml is not YAML.`,
    );
  }
  return {
    metadata,
    readme: text('README.md'),
    values: text('values.yaml') ?? '',
    schema: schemaOf(text('values.schema.json')),
  };
}
