import {
  isPathStart,
  LexerState,
  newlineLength,
  scanIdentifier,
} from './lexerState';
import { QuoteRule, QUOTE_RULES } from './quoteRules';
import {
  GROOVY_KEYWORDS,
  StringInterpolationPart,
  StringPart,
  StringQuote,
  StringToken,
  Token,
} from './tokens';

/** Strings in `${…}` in strings in `${…}`: deeper than this the `${` is taken as text, with a diagnostic. */
const MAX_STRING_DEPTH = 64;

/** Only these characters can end a run of plain text in a string. */
const SPECIAL = /[\\$'"/\n\r]/g;

function quoteAt(text: string, position: number): StringQuote {
  const char = text[position];
  if (char === '/') {
    return '/';
  }
  if (char === '$') {
    return '$/';
  }
  if (char === "'") {
    return text.startsWith("'''", position) ? "'''" : "'";
  }
  return text.startsWith('"""', position) ? '"""' : '"';
}

/**
 * The string that starts at `start`. Undefined when it looks like a slashy string that never ends: then the slash is
 * an operator. A string on one line that is not closed ends at the line end, so that only that line is lost.
 */
export function scanString(
  state: LexerState,
  start: number,
  outerSingleLine: boolean,
): StringToken | undefined {
  const { text, sink } = state;
  const quote = quoteAt(text, start);
  const rule = QUOTE_RULES[quote];
  const slashy = quote === '/' || quote === '$/';
  if (slashy && !state.slashyClosed) {
    return undefined;
  }
  const known = sink.size;
  const body = scanBody(state, start, quote, outerSingleLine);
  if (!body.terminated) {
    // Only the outermost string starts over: one second reading at most, however the strings are nested.
    if (slashy && state.stringDepth === 0 && body.end >= text.length) {
      state.slashyClosed = false;
      sink.rewind(known);
      return undefined;
    }
    sink.add({
      level: 'lexical',
      code: 'unterminated-string',
      message: `the string is not closed: expecting ${rule.close}`,
      start,
      end: Math.min(start + quote.length, text.length),
    });
  }
  const { parts, end, terminated } = body;
  const plain = parts.every(part => part.kind === 'text');
  return {
    kind: 'string',
    text: text.slice(start, end),
    start,
    end,
    quote,
    parts,
    value: plain
      ? parts.map(part => (part.kind === 'text' ? part.value : '')).join('')
      : undefined,
    terminated,
  };
}

function scanBody(
  state: LexerState,
  start: number,
  quote: StringQuote,
  outerSingleLine: boolean,
): { parts: StringPart[]; end: number; terminated: boolean } {
  const { text, sink } = state;
  const rule = QUOTE_RULES[quote];
  const parts: StringPart[] = [];
  let position = start + quote.length;
  let textStart = position;
  let value = '';
  /** From here to `position` the source is the value, not yet added to it. */
  let copied = position;

  const flush = () => {
    value += text.slice(copied, position);
    if (position > textStart) {
      parts.push({ kind: 'text', start: textStart, end: position, value });
    }
    value = '';
  };
  const replace = (length: number, by: string) => {
    value += text.slice(copied, position) + by;
    position += length;
    copied = position;
  };

  for (;;) {
    SPECIAL.lastIndex = position;
    const next = SPECIAL.exec(text);
    if (!next) {
      position = text.length;
      flush();
      return { parts, end: position, terminated: false };
    }
    position = next.index;
    if (text.startsWith(rule.close, position)) {
      flush();
      return { parts, end: position + rule.close.length, terminated: true };
    }
    const lineEnd = newlineLength(text, position);
    if (lineEnd > 0) {
      if (rule.singleLine) {
        flush();
        return { parts, end: position, terminated: false };
      }
      replace(lineEnd, '\n');
      continue;
    }
    const escape = rule.escape(text, position);
    if (escape) {
      if (escape.bad) {
        sink.add({
          level: 'lexical',
          code: 'bad-escape',
          message: "unexpected char: '\\'",
          start: position,
          end: position + 1,
        });
      }
      replace(escape.length, escape.value);
      continue;
    }
    if (text[position] !== '$' || !rule.interpolates) {
      position += 1;
      continue;
    }
    const braces = text[position + 1] === '{';
    if (!braces && !isPathStart(text, position + 1)) {
      if (quote === '"' || quote === '"""') {
        sink.add({
          level: 'lexical',
          code: 'bad-dollar',
          message:
            'illegal string body character after dollar sign; either escape a literal dollar sign "\\$5" or bracket the value expression "${5}"',
          start: position,
          end: position + 1,
        });
      }
      position += 1;
      continue;
    }
    if (braces && state.stringDepth >= MAX_STRING_DEPTH) {
      sink.add({
        level: 'lexical',
        code: 'nesting-too-deep',
        message: `strings are nested more than ${MAX_STRING_DEPTH} deep`,
        start: position,
        end: position + 2,
      });
      position += 2;
      continue;
    }
    flush();
    const { part, closed } = braces
      ? scanBraces(state, position, rule, outerSingleLine)
      : scanPath(state, position);
    parts.push(part);
    position = part.end;
    textStart = position;
    copied = position;
    if (!closed) {
      return { parts, end: position, terminated: false };
    }
  }
}

function scanBraces(
  state: LexerState,
  start: number,
  rule: QuoteRule,
  outerSingleLine: boolean,
): { part: StringInterpolationPart; closed: boolean } {
  // A newline in the braces breaks every one-line string around them; Groovy counts `/…/` among these.
  const singleLine = outerSingleLine || rule.singleLine || rule.close === '/';
  state.stringDepth += 1;
  const { tokens, end, closed } = state.scanCode(state, start + 2, {
    singleLine,
  });
  state.stringDepth -= 1;
  return {
    closed,
    part: {
      kind: 'interpolation',
      form: 'braces',
      start,
      end: closed ? end + 1 : end,
      code: { start: start + 2, end },
      tokens,
    },
  };
}

function scanPath(
  { text }: LexerState,
  start: number,
): { part: StringInterpolationPart; closed: true } {
  const tokens: Token[] = [];
  let end = start + 1;
  for (;;) {
    const nameEnd = scanIdentifier(text, end, false);
    const name = text.slice(end, nameEnd);
    tokens.push({
      kind: GROOVY_KEYWORDS.has(name) ? 'keyword' : 'identifier',
      text: name,
      start: end,
      end: nameEnd,
    });
    end = nameEnd;
    if (text[end] !== '.' || !isPathStart(text, end + 1)) {
      break;
    }
    tokens.push({ kind: 'operator', text: '.', start: end, end: end + 1 });
    end += 1;
  }
  return {
    closed: true,
    part: {
      kind: 'interpolation',
      form: 'path',
      start,
      end,
      code: { start: start + 1, end },
      tokens,
    },
  };
}
