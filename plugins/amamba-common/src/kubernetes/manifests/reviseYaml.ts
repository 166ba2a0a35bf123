import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { KubeJson } from '../words';
import { equalJson } from './diff';
import { isJsonArray, isJsonObject } from './paths';
import { readYaml } from './yamlDocuments';
import { toYaml } from './yamlText';

/** A stretch of a text and what is to stand there. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Each edit reads the text anew; a form changes a few values at a time. */
const MAX_EDITS = 500;

function jsonOf(node: unknown, source: Document.Parsed): KubeJson {
  return isNodeLike(node) ? (node.toJS(source) ?? null) : null;
}

function isNodeLike(node: unknown): node is Node {
  return isScalar(node) || isCollection(node) || isAliasLike(node);
}

function isAliasLike(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && 'source' in node;
}

/** Begin and end of a node, without what follows it. */
function extent(node: Node, text: string): readonly [number, number] {
  const [from, to] = node.range ?? [0, 0];
  return [from, from + text.slice(from, to).trimEnd().length];
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** The blanks that stand before what begins at an offset. */
function indentAt(text: string, offset: number): string {
  return ' '.repeat(offset - lineStart(text, offset));
}

/** A value in one line, as it stands between brackets. */
function flowText(value: KubeJson): string {
  if (isJsonArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${flowText(key)}: ${flowText(item)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  const [plain] = [toYaml(value).trimEnd()];
  // between brackets a quoted text is always right
  return typeof value === 'string' && !plain.startsWith('"')
    ? JSON.stringify(value)
    : plain;
}

/** A value as it stands after a key (`key:`) or a dash, with what separates it from that. */
function blockText(value: KubeJson, indent: string, after: 'key' | 'item') {
  const lines = toYaml(after === 'key' ? { k: value } : [value])
    .trimEnd()
    .split('\n');
  // a text in several lines has its own blank lines
  const [first, ...rest] = lines.map((line, index) =>
    index === 0 || line === '' ? line : indent + line,
  );
  return [first.slice(after === 'key' ? 2 : 1), ...rest].join('\n');
}

function keyText(key: string): string {
  return toYaml({ [key]: 0 }).replace(/: 0\n$/, '');
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

/** A node that stands in a block, after a key or a dash. */
interface InBlock {
  readonly in: 'key' | 'item';
  readonly indent: string;
  /** where the key's colon, or the dash, ends */
  readonly after: number;
}

/** Where a node stands: in a block, between brackets, or as the whole document. */
type Context = InBlock | { readonly in: 'flow' } | { readonly in: 'root' };

function replaceSplice(
  text: string,
  node: Node | undefined,
  value: KubeJson,
  context: Context,
): Splice | undefined {
  if (context.in === 'root') {
    if (!node) return undefined;
    const [from, to] = extent(node, text);
    return { from, to, insert: toYaml(value).trimEnd() };
  }
  if (context.in === 'flow') {
    if (!node) return undefined;
    const [from, to] = extent(node, text);
    return { from, to, insert: flowText(value) };
  }
  const [from, to] = node ? extent(node, text) : [context.after, context.after];
  const oneLine = typeof value !== 'object' || value === null;
  const written = blockText(value, context.indent, context.in);
  if (oneLine && !written.includes('\n') && to > from) {
    return { from, to, insert: written.slice(1) };
  }
  // what is empty stands nowhere: the value comes right after the colon
  return to > from
    ? { from: context.after, to, insert: written }
    : { from: context.after, to: context.after, insert: written };
}

function addToMap(
  text: string,
  map: YAMLMap,
  key: string,
  value: KubeJson,
): Splice {
  const [from, to] = extent(map, text);
  if (map.flow) {
    const comma = map.items.length > 0 ? ', ' : '';
    return {
      from: to - 1,
      to: to - 1,
      insert: `${comma}${flowText(key)}: ${flowText(value)}`,
    };
  }
  const indent = indentAt(text, from);
  const at = lineEnd(text, to);
  return {
    from: at,
    to: at,
    insert: `\n${indent}${keyText(key)}:${blockText(value, indent, 'key')}`,
  };
}

function addToSeq(text: string, seq: YAMLSeq, value: KubeJson): Splice {
  const [from, to] = extent(seq, text);
  if (seq.flow) {
    const comma = seq.items.length > 0 ? ', ' : '';
    return { from: to - 1, to: to - 1, insert: comma + flowText(value) };
  }
  const indent = indentAt(text, from);
  const at = lineEnd(text, to);
  return {
    from: at,
    to: at,
    insert: `\n${indent}-${blockText(value, indent, 'item')}`,
  };
}

/** Takes an entry of a block away, with its lines; what stands on the line before it (a dash) stays. */
function removeBlock(
  text: string,
  start: number,
  end: number,
  next: number | undefined,
): Splice {
  const from = lineStart(text, start);
  if (text.slice(from, start).trim() === '') {
    return {
      from,
      to: Math.min(lineEnd(text, end) + 1, text.length),
      insert: '',
    };
  }
  return { from: start, to: next ?? lineEnd(text, end), insert: '' };
}

function startOf(node: unknown): number {
  return isNodeLike(node) ? (node.range?.[0] ?? 0) : 0;
}

function removeFromMap(
  text: string,
  map: YAMLMap,
  index: number,
): Splice | undefined {
  if (map.flow || map.items.length === 1) return undefined;
  const pair = map.items[index];
  const start = startOf(pair.key);
  const end = isNodeLike(pair.value)
    ? Math.max(extent(pair.value, text)[1], start)
    : start;
  const after = map.items[index + 1];
  return removeBlock(text, start, end, after && startOf(after.key));
}

function removeFromSeq(
  text: string,
  seq: YAMLSeq,
  index: number,
): Splice | undefined {
  const item = seq.items[index];
  if (seq.flow || seq.items.length === 1 || !isNodeLike(item)) return undefined;
  const dash = text.lastIndexOf('-', startOf(item) - 1);
  const start = index === 0 ? startOf(seq) : dash;
  const end = Math.max(extent(item, text)[1], start);
  const next = seq.items[index + 1];
  return removeBlock(
    text,
    start,
    end,
    next === undefined ? undefined : text.lastIndexOf('-', startOf(next) - 1),
  );
}

function colonAfter(pair: Pair, text: string): number {
  const end = isNodeLike(pair.key) ? (pair.key.range?.[1] ?? 0) : 0;
  return text.indexOf(':', end) + 1;
}

/** The first edit on the way from what stands in the text to a value; undefined when there is none, or none is known. */
function nextSplice(
  text: string,
  source: Document.Parsed,
  node: unknown,
  value: KubeJson,
  context: Context,
): Splice | undefined {
  const current = isNodeLike(node) ? node : undefined;
  const whole = () => replaceSplice(text, current, value, context);
  if (isMap(current) && isJsonObject(value) && current.items.length > 0) {
    const keys = Object.keys(value);
    if (keys.length === 0) return whole();
    const indent = indentAt(text, startOf(current));
    for (const [index, pair] of current.items.entries()) {
      const key = keyOf(pair);
      if (!Object.hasOwn(value, key)) {
        if (key === '<<') continue;
        return removeFromMap(text, current, index) ?? whole();
      }
      if (!equalJson(jsonOf(pair.value, source), value[key])) {
        const inner: Context = current.flow
          ? { in: 'flow' }
          : { in: 'key', indent, after: colonAfter(pair, text) };
        return nextSplice(text, source, pair.value, value[key], inner);
      }
    }
    const known = new Set(current.items.map(keyOf));
    const missing = keys.find(key => !known.has(key));
    return missing === undefined
      ? undefined
      : addToMap(text, current, missing, value[missing]);
  }
  if (isSeq(current) && isJsonArray(value) && current.items.length > 0) {
    if (value.length === 0) return whole();
    return nextInSeq(text, source, current, value) ?? whole();
  }
  return whole();
}

function nextInSeq(
  text: string,
  source: Document.Parsed,
  seq: YAMLSeq,
  value: readonly KubeJson[],
): Splice | undefined {
  const items = seq.items.map(item => jsonOf(item, source));
  let first = 0;
  const shorter = Math.min(items.length, value.length);
  while (first < shorter && equalJson(items[first], value[first])) first++;
  let tail = 0;
  while (
    tail < shorter - first &&
    equalJson(items[items.length - 1 - tail], value[value.length - 1 - tail])
  ) {
    tail++;
  }
  const removed = items.length - first - tail;
  const added = value.length - first - tail;
  if (removed > 0 && removed > added) return removeFromSeq(text, seq, first);
  if (removed > 0) {
    const item = seq.items[first];
    const indent = indentAt(text, startOf(seq));
    const dash = text.lastIndexOf('-', startOf(item) - 1);
    const context: Context = seq.flow
      ? { in: 'flow' }
      : { in: 'item', indent, after: dash + 1 };
    return nextSplice(text, source, item, value[first], context);
  }
  return tail === 0 ? addToSeq(text, seq, value[first]) : undefined;
}

/**
 * Makes one document of a text say something else, and leaves everything alone that says so already: comments, order, quotes and fields
 * that nobody asked about. Where the text is written in a way that can't be edited in place, its document is written anew.
 * @param index - of the document in the text, as `readYaml` counts
 * @returns undefined when the text can't be read
 */
export function reviseYaml(
  text: string,
  index: number,
  value: KubeJson,
): string | undefined {
  const start = readYaml(text);
  if ('problem' in start) return undefined;
  const document = start.documents[index];
  if (!document || document.problems.length > 0) return undefined;
  let edited = text;
  for (let edits = 0; edits < MAX_EDITS; edits++) {
    const reading = readYaml(edited);
    if ('problem' in reading) break;
    const { source, problems, value: now } = reading.documents[index] ?? {};
    if (!source || (problems && problems.length > 0)) break;
    if (reading.documents.length !== start.documents.length) break;
    if (equalJson(now ?? null, value)) return edited;
    const splice = nextSplice(edited, source, source.contents, value, {
      in: 'root',
    });
    if (!splice) break;
    const made =
      edited.slice(0, splice.from) + splice.insert + edited.slice(splice.to);
    if (made === edited) break;
    edited = made;
  }
  return writtenAnew(
    start.documents.map(part => part.text),
    index,
    value,
  );
}

/** The text with one document written anew. */
function writtenAnew(
  parts: readonly string[],
  index: number,
  value: KubeJson,
): string {
  const mark = index > 0 || /^---/m.test(parts[index]) ? '---\n' : '';
  const before = parts.slice(0, index).join('');
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return before + gap + mark + toYaml(value) + parts.slice(index + 1).join('');
}
