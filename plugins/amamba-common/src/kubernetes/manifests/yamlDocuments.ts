import {
  Composer,
  CST,
  isScalar,
  LineCounter,
  Parser,
  visit,
  type Document,
  type Tags,
  type YAMLError,
} from 'yaml';
import type { KubeJson } from '../words';
import type { ManifestCode } from './messages';
import type { PathStep } from './paths';

/** The most that an object can have, and an editor bears: npm's YAML reader takes about a second for it. */
export const MAX_MANIFEST_BYTES = 1_048_576;

/** Deeper nesting is refused before a recursion runs out of stack. */
const MAX_DEPTH = 200;

/** Like the API server's reader: an alias may stand for a hundred values in all. */
const MAX_ALIASES = 100;

/** What the API server's reader takes for a number with a dot or an exponent; npm's also takes `e0`, `.` and `._` for one, and gives NaN. */
const DECIMAL = /^(?:\.[0-9]+|[-+]\.[0-9][0-9_]*|[-+]?[0-9][0-9_]*\.[0-9_]*)$/;
const EXPONENTIAL =
  /^(?:\.[0-9]+|[-+]\.[0-9][0-9_]*|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?)[eE][-+]?[0-9]+$/;

/** npm's way to read a number, for what the API server takes for one. */
function strictNumber(tag: Tags[number]): Tags[number] {
  if (
    typeof tag === 'string' ||
    tag.collection ||
    !tag.tag.endsWith(':float') ||
    tag.test?.test('.nan')
  ) {
    return tag;
  }
  return { ...tag, test: tag.format === 'EXP' ? EXPONENTIAL : DECIMAL };
}

/**
 * YAML as the API server reads it: version 1.1 with merge keys, but without times, sets and numbers to the base of 60.
 * Source: sigs.k8s.io/yaml.
 */
const OPTIONS = {
  version: '1.1',
  merge: true,
  // Its own check takes a time that grows with the square of the keys; ours is below.
  uniqueKeys: false,
  strict: true,
  logLevel: 'silent',
  keepSourceTokens: true,
  customTags: (tags: Tags): Tags =>
    tags
      .filter(
        tag =>
          typeof tag === 'string' ||
          (tag.format !== 'TIME' &&
            !/:(?:timestamp|set|omap|pairs|binary)$/.test(tag.tag)),
      )
      .map(strictNumber),
} as const;

/** A place in a text, 1-based. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Why a document can't be read. */
export interface YamlProblem extends TextPlace {
  readonly code: ManifestCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** One document of a text. */
export interface YamlDocument {
  /** its part of the text, byte for byte; all parts together are the text */
  readonly text: string;
  /** undefined when it can't be read, or is empty */
  readonly value?: KubeJson;
  readonly problems: readonly YamlProblem[];
  /** where what a path leads to stands in the whole text; what is missing, stands where its parent does */
  readonly placeOf: (path: readonly PathStep[]) => TextPlace;
  /** @internal for editing */
  readonly source: Document.Parsed;
}

/** @internal a document with what stands between the one before and it */
interface Part {
  readonly text: string;
  readonly source: Document.Parsed;
}

/** Whether brackets or indents nest deeper than any manifest. */
function isTooDeep(text: string): boolean {
  let [flow, quote] = [0, ''];
  for (const character of text) {
    if (quote) {
      if (character === quote || character === '\n') quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '[' || character === '{') {
      if (++flow > MAX_DEPTH) return true;
    } else if (character === ']' || character === '}') {
      flow = Math.max(flow - 1, 0);
    }
  }
  return new RegExp(
    `^(?:[ ]{${MAX_DEPTH * 2},}\\S|[ ]*(?:[-?:][ \\t]+){${MAX_DEPTH}})`,
    'm',
  ).test(text);
}

/** Thrown when a text has so many mistakes that looking for more only costs time. */
class TooManyMistakes extends Error {
  readonly offset: number;

  constructor(offset: number, mistake: string) {
    super(mistake);
    this.offset = offset;
  }
}

/** Beyond this many mistakes a text is not read on: each costs the reader 30 µs, and a megabyte can have a million. */
const MAX_MISTAKES = 50;

/**
 * Lets a composer stop. It has no setting for it, so its handler is wrapped; should a later version name it otherwise, reading hostile texts
 * gets slow, and a test fails.
 */
function withLimit(composer: Composer): Composer {
  const handler: unknown = Reflect.get(composer, 'onError');
  if (typeof handler !== 'function') return composer;
  const mistakes: { offset: number; mistake: string }[] = [];
  Reflect.set(composer, 'onError', (...args: unknown[]) => {
    const [at, , mistake] = args;
    const offset: unknown =
      typeof at === 'object' && at !== null ? Reflect.get(at, 'offset') : at;
    mistakes.push({ offset: Number(offset) || 0, mistake: String(mistake) });
    if (mistakes.length > MAX_MISTAKES) {
      throw new TooManyMistakes(mistakes[0].offset, mistakes[0].mistake);
    }
    Reflect.apply(handler, composer, args);
  });
  return composer;
}

/** Cuts a text at its documents. What stands before one belongs to it, what is left over to the last. */
function partsOf(text: string, lines: LineCounter): Part[] {
  const composer = withLimit(new Composer(OPTIONS));
  const sources: Document.Parsed[] = [];
  const texts: string[] = [];
  let waiting = '';
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    sources.push(...composer.next(token));
    waiting += CST.stringify(token);
    if (token.type === 'document') {
      texts.push(waiting);
      waiting = '';
    }
  }
  sources.push(...composer.end(true));
  return sources.map((source, index) => ({
    text: (texts[index] ?? '') + (index === sources.length - 1 ? waiting : ''),
    source,
  }));
}

/** The keys that stand in a map twice, as offsets. */
function duplicateKeys(source: Document.Parsed): { key: string; at: number }[] {
  const found: { key: string; at: number }[] = [];
  visit(source, {
    Map: (_key, map) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        const name = String(key.value);
        if (seen.has(name)) found.push({ key: name, at: key.range?.[0] ?? 0 });
        seen.add(name);
      }
    },
  });
  return found;
}

function valueOf(
  source: Document.Parsed,
): { value: KubeJson } | { code: ManifestCode } {
  try {
    return { value: source.toJS({ maxAliasCount: MAX_ALIASES }) ?? null };
  } catch (error) {
    return { code: error instanceof RangeError ? 'tooDeep' : 'aliases' };
  }
}

function problemOf({
  code,
  message,
}: YAMLError): Pick<YamlProblem, 'code' | 'params'> {
  if (code === 'TAG_RESOLVE_FAILED') {
    const tag = /!\S+/.exec(message)?.[0] ?? '?';
    return { code: 'tag', params: { tag } };
  }
  return { code: 'syntax', params: { message: message.split('\n')[0] } };
}

function toPlace(lines: LineCounter, offset: number): TextPlace {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function placeOf(
  source: Document.Parsed,
  path: readonly PathStep[],
  lines: LineCounter,
): TextPlace {
  for (let length = path.length; length >= 0; length--) {
    const node =
      length === 0
        ? source.contents
        : source.getIn(path.slice(0, length), true);
    const offset = rangeStart(node);
    if (offset !== undefined) {
      return toPlace(lines, offset);
    }
  }
  return { line: 1, column: 1 };
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) {
    return undefined;
  }
  const range: unknown = node.range;
  return Array.isArray(range) && typeof range[0] === 'number'
    ? range[0]
    : undefined;
}

/** A text's documents, or why none of it was looked at. */
export type YamlReading =
  | { readonly documents: readonly YamlDocument[] }
  | { readonly problem: YamlProblem };

/** Size of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * Reads the documents of a text as the API server would, without giving in to a text that is made to hurt: at most 1 MiB, 200 levels, and
 * aliases for 100 values.
 */
export function readYaml(text: string): YamlReading {
  const top = { line: 1, column: 1 };
  const size = text.length > MAX_MANIFEST_BYTES ? text.length : utf8Bytes(text);
  if (size > MAX_MANIFEST_BYTES) {
    const params = { size: `${Math.ceil(size / 1024)} KiB`, max: '1 MiB' };
    return { problem: { code: 'tooLarge', params, ...top } };
  }
  if (isTooDeep(text))
    return { problem: { code: 'tooDeep', params: {}, ...top } };
  const lines = new LineCounter();
  let parts: Part[];
  try {
    parts = partsOf(text, lines);
  } catch (error) {
    if (error instanceof TooManyMistakes) {
      const params = { message: error.message.split('\n')[0] };
      const place = toPlace(lines, error.offset);
      return { problem: { code: 'syntax', params, ...place } };
    }
    if (!(error instanceof RangeError)) throw error;
    return { problem: { code: 'tooDeep', params: {}, ...top } };
  }
  return {
    documents: parts.map(({ text: part, source }): YamlDocument => {
      const problems: YamlProblem[] = [
        ...[...source.errors, ...source.warnings].map(error => ({
          ...problemOf(error),
          ...toPlace(lines, error.pos[0]),
        })),
        ...duplicateKeys(source).map(({ key, at }) => ({
          code: 'duplicateKey' as const,
          params: { key },
          ...toPlace(lines, at),
        })),
      ].slice(0, MAX_MISTAKES);
      const where = (path: readonly PathStep[]) => placeOf(source, path, lines);
      const common = { text: part, placeOf: where, source };
      if (problems.length > 0) return { ...common, problems };
      const result = valueOf(source);
      return 'value' in result
        ? { ...common, problems, value: result.value }
        : { ...common, problems: [{ ...result, params: {}, ...where([]) }] };
    }),
  };
}
