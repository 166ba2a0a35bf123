import { newlineLength, UNICODE_ESCAPE } from './lexerState';
import { StringQuote } from './tokens';

/** What one kind of string literal allows between its delimiters. */
export interface QuoteRule {
  readonly close: string;
  readonly interpolates: boolean;
  /** A newline breaks the string. */
  readonly singleLine: boolean;
  /** The decoded escape at `position` and its length, or undefined when the character stands for itself. */
  readonly escape: (
    text: string,
    position: number,
  ) => { value: string; length: number; bad?: boolean } | undefined;
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\\': '\\',
  "'": "'",
  '"': '"',
  $: '$',
};

const OCTAL = /\\([0-3]?[0-7]?[0-7])/y;

function unicodeEscape(text: string, position: number) {
  UNICODE_ESCAPE.lastIndex = position;
  const match = UNICODE_ESCAPE.exec(text);
  return (
    match && {
      value: String.fromCharCode(parseInt(match[1], 16)),
      length: match[0].length,
    }
  );
}

/** Escapes of `'…'`, `"…"` and their triple forms. */
const quotedEscape: QuoteRule['escape'] = (text, position) => {
  if (text[position] !== '\\') {
    return undefined;
  }
  const next = text[position + 1] ?? '';
  const lineEnd = newlineLength(text, position + 1);
  if (lineEnd > 0) {
    return { value: '', length: 1 + lineEnd };
  }
  if (next in NAMED_ESCAPES) {
    return { value: NAMED_ESCAPES[next], length: 2 };
  }
  if (next === 'u') {
    return (
      unicodeEscape(text, position) ?? { value: '\\', length: 1, bad: true }
    );
  }
  OCTAL.lastIndex = position;
  const octal = OCTAL.exec(text);
  return octal
    ? {
        value: String.fromCharCode(parseInt(octal[1], 8)),
        length: octal[0].length,
      }
    : { value: '\\', length: 1, bad: true };
};

/** In a slashy string only the slash itself (and a line end) can be escaped; every other backslash is text. */
const slashyEscape: QuoteRule['escape'] = (text, position) => {
  if (text[position] !== '\\') {
    return undefined;
  }
  const lineEnd = newlineLength(text, position + 1);
  if (lineEnd > 0) {
    return { value: '', length: 1 + lineEnd };
  }
  return text[position + 1] === '/'
    ? { value: '/', length: 2 }
    : (unicodeEscape(text, position) ?? undefined);
};

/** In `$/…/$` a dollar escapes a dollar and a slash. */
const dollarSlashyEscape: QuoteRule['escape'] = (text, position) => {
  if (text[position] === '\\') {
    return text[position + 1] === '/'
      ? undefined
      : slashyEscape(text, position);
  }
  const next = text[position + 1];
  return text[position] === '$' && (next === '$' || next === '/')
    ? { value: next, length: 2 }
    : undefined;
};

/** The rules of the six kinds of string literal of Groovy 2.4. */
export const QUOTE_RULES: Readonly<Record<StringQuote, QuoteRule>> = {
  "'": {
    close: "'",
    interpolates: false,
    singleLine: true,
    escape: quotedEscape,
  },
  "'''": {
    close: "'''",
    interpolates: false,
    singleLine: false,
    escape: quotedEscape,
  },
  '"': {
    close: '"',
    interpolates: true,
    singleLine: true,
    escape: quotedEscape,
  },
  '"""': {
    close: '"""',
    interpolates: true,
    singleLine: false,
    escape: quotedEscape,
  },
  '/': {
    close: '/',
    interpolates: true,
    singleLine: false,
    escape: slashyEscape,
  },
  '$/': {
    close: '/$',
    interpolates: true,
    singleLine: false,
    escape: dollarSlashyEscape,
  },
};
