import { createHash } from 'crypto';
import { compare } from '../arithmetic';
import { parseInteger, coerce } from '../cast';
import { raise } from '../errors';
import { javaRegex, javaReplace, matchesWhole, Pattern } from '../regex';
import { ClassRef, Closure, Decimal, toText, Value } from '../values';
import { Call, Methods } from './method';

function part(text: string, from: number, to: number): string {
  if (from < 0 || to > text.length || from > to) {
    return raise(
      'java.lang.StringIndexOutOfBoundsException',
      `begin ${from}, end ${to}, length ${text.length}`,
    );
  }
  return text.slice(from, to);
}

/** `String.split`: trailing empty parts fall away. */
function split(text: string, call: Call): Value {
  if (call.count === 0) {
    return text.trim().split(/\s+/);
  }
  const parts = text.split(javaRegex(call.text()));
  while (parts.length > 1 && parts[parts.length - 1] === '') {
    parts.pop();
  }
  return parts;
}

function pad(
  text: string,
  call: Call,
  where: 'start' | 'end' | 'both',
): string {
  const width = Math.min(call.number(), 1_000_000);
  const fill = call.count > 1 ? call.text(1) : ' ';
  if (where === 'both') {
    const left = text.length + Math.floor(Math.max(0, width - text.length) / 2);
    return text.padStart(left, fill).padEnd(width, fill);
  }
  return where === 'start'
    ? text.padStart(width, fill)
    : text.padEnd(width, fill);
}

async function replaceWith(
  text: string,
  pattern: string,
  closure: Closure,
  call: Call,
): Promise<string> {
  let out = '';
  let last = 0;
  for (const match of text.matchAll(javaRegex(pattern, 'g'))) {
    const found: Value =
      match.length === 1 ? match[0] : [...match].map(group => group ?? null);
    out += text.slice(last, match.index);
    out += toText(
      await call.run(closure, ...(Array.isArray(found) ? found : [found])),
    );
    last = match.index + match[0].length;
  }
  return out + text.slice(last);
}

function replaceAll(all: boolean) {
  return (text: string, call: Call) => {
    const first = call.value();
    const pattern = first instanceof Pattern ? first.source : toText(first);
    const closure = call.closure();
    return closure
      ? replaceWith(text, pattern, closure, call)
      : javaReplace(text, pattern, call.text(1), all);
  };
}

function tokens(text: string, separators: string): string[] {
  const set = new Set(separators);
  const found: string[] = [];
  let current = '';
  for (const char of text) {
    if (set.has(char)) {
      if (current) {
        found.push(current);
      }
      current = '';
    } else {
      current += char;
    }
  }
  return current ? [...found, current] : found;
}

const lines = (text: string) => text.replace(/\r?\n$/, '').split(/\r?\n/);

/** The methods of `java.lang.String` and what Groovy adds to them. */
export const STRING_METHODS: Methods<string> = {
  length: text => text.length,
  size: text => text.length,
  trim: text => text.trim(),
  strip: text => text.trim(),
  isEmpty: text => text === '',
  isBlank: text => text.trim() === '',
  toLowerCase: text => text.toLowerCase(),
  toUpperCase: text => text.toUpperCase(),
  capitalize: text => text.charAt(0).toUpperCase() + text.slice(1),
  uncapitalize: text => text.charAt(0).toLowerCase() + text.slice(1),
  reverse: text => [...text].reverse().join(''),
  contains: (text, call) => text.includes(call.text()),
  startsWith: (text, call) => text.startsWith(call.text(), call.number(1, 0)),
  endsWith: (text, call) => text.endsWith(call.text()),
  indexOf: (text, call) => text.indexOf(call.text(), call.number(1, 0)),
  lastIndexOf: (text, call) => text.lastIndexOf(call.text()),
  charAt: (text, call) => part(text, call.number(), call.number() + 1),
  substring: (text, call) =>
    part(text, call.number(), call.number(1, text.length)),
  take: (text, call) => text.slice(0, Math.max(0, call.number())),
  drop: (text, call) => text.slice(Math.max(0, call.number())),
  concat: (text, call) => text + call.text(),
  plus: (text, call) => text + call.text(),
  minus: (text, call) => text.replace(call.text(), ''),
  multiply: (text, call) => text.repeat(Math.min(call.number(), 1_000_000)),
  split,
  tokenize: (text, call) =>
    tokens(text, call.count ? call.text() : ' \t\n\r\f'),
  readLines: text => lines(text),
  splitEachLine: () => raise('UnsupportedOperationException', 'splitEachLine'),
  toList: text => [...text],
  toCharArray: text => [...text],
  chars: text => [...text],
  getBytes: text => [...Buffer.from(text)],
  replace: (text, call) => {
    const [from, to] = [call.value(), call.value(1)];
    if (from instanceof Map) {
      let out = text;
      from.forEach((v, k) => {
        out = out.split(toText(k)).join(toText(v));
      });
      return out;
    }
    return text.split(toText(from)).join(toText(to));
  },
  replaceAll: replaceAll(true),
  replaceFirst: replaceAll(false),
  matches: (text, call) => {
    const pattern = call.value();
    return matchesWhole(
      pattern instanceof Pattern ? pattern.source : toText(pattern),
      text,
    );
  },
  find: async (text, call) => {
    const pattern = call.value();
    const match = javaRegex(
      pattern instanceof Pattern ? pattern.source : toText(pattern),
    ).exec(text);
    const closure = call.closure();
    if (match && closure) {
      return call.run(closure, ...[...match].map(group => group ?? null));
    }
    return match ? match[0] : null;
  },
  findAll: (text, call) => {
    const pattern = call.value();
    return [
      ...text.matchAll(
        javaRegex(
          pattern instanceof Pattern ? pattern.source : toText(pattern),
          'g',
        ),
      ),
    ].map(match => match[0]);
  },
  count: (text, call) => text.split(call.text()).length - 1,
  padLeft: (text, call) => pad(text, call, 'start'),
  padRight: (text, call) => pad(text, call, 'end'),
  center: (text, call) => pad(text, call, 'both'),
  isInteger: text => /^\s*[+-]?\d+\s*$/.test(text),
  isLong: text => /^\s*[+-]?\d+\s*$/.test(text),
  isNumber: text => text.trim() !== '' && !Number.isNaN(Number(text)),
  isDouble: text => text.trim() !== '' && !Number.isNaN(Number(text)),
  toInteger: text => parseInteger(text),
  toLong: text => parseInteger(text),
  toBoolean: text => /^(true|y|1)$/i.test(text.trim()),
  toBigDecimal: text => coerce(text, 'BigDecimal', true),
  toDouble: text => coerce(text, 'double', true),
  toFloat: text => coerce(text, 'float', true),
  toURI: text => text,
  stripIndent: text => {
    const indents = text
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => /^\s*/.exec(line)?.[0].length ?? 0);
    const indent = Math.min(...indents, Infinity);
    return Number.isFinite(indent)
      ? text
          .split('\n')
          .map(line => line.slice(indent))
          .join('\n')
      : text;
  },
  stripMargin: (text, call) => {
    const margin = call.count ? call.text() : '|';
    return text
      .split('\n')
      .map(line => {
        const at = line.indexOf(margin);
        return at >= 0 && line.slice(0, at).trim() === ''
          ? line.slice(at + margin.length)
          : line;
      })
      .join('\n');
  },
  normalize: text => text.replace(/\r\n?/g, '\n'),
  denormalize: text => text,
  equalsIgnoreCase: (text, call) =>
    text.toLowerCase() === call.text().toLowerCase(),
  compareTo: (text, call) => compare(text, call.value()),
  compareToIgnoreCase: (text, call) =>
    compare(text.toLowerCase(), call.text().toLowerCase()),
  eachLine: async (text, call) => {
    const closure = call.closure();
    let last: Value = null;
    for (const [index, line] of closure ? lines(text).entries() : []) {
      last = await call.run(
        closure as Closure,
        ...((closure as Closure).arity > 1 ? [line, index] : [line]),
      );
    }
    return last;
  },
  each: async (text, call) => {
    const closure = call.closure();
    for (const char of closure ? [...text] : []) {
      await call.run(closure as Closure, char);
    }
    return text;
  },
  collect: async (text, call) => {
    const out: Value[] = [];
    const closure = call.closure();
    for (const char of text) {
      out.push(closure ? await call.run(closure, char) : char);
    }
    return out;
  },
  format: (text, call) => formatText(text, call.args),
  formatted: (text, call) => formatText(text, call.args),
  asType: (text, call) => {
    const type = call.value();
    return type instanceof ClassRef ? coerce(text, type.name, true) : text;
  },
  md5: text => hash('md5', text),
  sha256: text => hash('sha256', text),
  encodeBase64: text => Buffer.from(text).toString('base64'),
  intern: text => text,
};

function hash(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}

/** `String.format` for `%s %d %f %x %b %n %%` with width, precision and flags. */
export function formatText(format: string, args: Value[]): string {
  let next = 0;
  return format.replace(
    /%(?:(\d+)\$)?([-0,+]*)(\d+)?(?:\.(\d+))?([sdfxXbcn%])/g,
    (_m, position, flags: string, width, precision, kind: string) => {
      if (kind === '%') {
        return '%';
      }
      if (kind === 'n') {
        return '\n';
      }
      const value = args[position ? Number(position) - 1 : next++] ?? null;
      const number =
        value instanceof Decimal ? value.value : Number(value ?? NaN);
      let text = toText(value);
      if (kind === 'f') {
        text = number.toFixed(Number(precision ?? 6));
      } else if (kind === 'x' || kind === 'X') {
        text = number.toString(16);
        text = kind === 'X' ? text.toUpperCase() : text;
      } else if (kind === 's' && precision !== undefined) {
        text = text.slice(0, Number(precision));
      }
      const size = Math.min(Number(width ?? 0), 10_000);
      if (flags.includes('-')) {
        return text.padEnd(size);
      }
      return text.padStart(size, flags.includes('0') ? '0' : ' ');
    },
  );
}
