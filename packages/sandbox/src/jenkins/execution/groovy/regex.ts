import { raise, Unsupported } from './errors';
import { GroovyObject, Value } from './values';
import { table } from './table';

/** Java's POSIX and other classes in JavaScript's words (ASCII, as Java has them without flags). */
const CLASSES = table<string>({
  Alnum: 'a-zA-Z0-9',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Lower: 'a-z',
  Upper: 'A-Z',
  Punct: '!-\\/:-@\\[-`{-~',
  Space: '\\s',
  XDigit: '0-9a-fA-F',
});

const MAX_PATTERN = 10_000;

/**
 * Translates a Java regular expression.
 *
 * @throws a `PatternSyntaxException` of the script when Java would, or when it uses what JavaScript lacks.
 */
export function javaRegex(pattern: string, extraFlags = ''): RegExp {
  const fail = (what: string, at: number): never =>
    raise(
      'java.util.regex.PatternSyntaxException',
      `${what} near index ${at}\n${pattern}`,
    );
  if (pattern.length > MAX_PATTERN) {
    fail('Pattern too long', MAX_PATTERN);
  }
  const flags = new Set(extraFlags);
  let out = '';
  let atom = false;
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    const rest = pattern.slice(at);
    const inline = /^\(\?([imsu]+)\)/.exec(rest);
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(rest);
    const posix = /^\\p\{(?:Is)?(\w+)\}/.exec(rest);
    if (rest.startsWith('\\Q')) {
      const end = pattern.indexOf('\\E', at);
      const literal = pattern.slice(at + 2, end < 0 ? undefined : end);
      out += literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      at = end < 0 ? pattern.length : end + 1;
      atom = true;
    } else if (posix && CLASSES[posix[1]]) {
      out += inClass ? CLASSES[posix[1]] : `[${CLASSES[posix[1]]}]`;
      at += posix[0].length - 1;
      atom = true;
    } else if (char === '\\') {
      const next = pattern[at + 1] ?? fail('Unexpected internal error', at);
      const translated = { A: '^', z: '$', Z: '(?=\\n?$)', h: '[ \\t]' }[next];
      out += translated ?? char + next;
      at += 1;
      atom = true;
    } else if (inClass) {
      inClass = char !== ']';
      out += char === '[' ? '\\[' : char;
      atom = true;
    } else if (inline && at === 0) {
      for (const flag of inline[1].replace('u', '')) {
        flags.add(flag);
      }
      at += inline[0].length - 1;
    } else if (inline) {
      throw new Unsupported(`the regular expression ${pattern}`);
    } else if (quantifier) {
      if (!atom) {
        fail(`Dangling meta character '${char}'`, at);
      }
      at += quantifier[0].length - 1;
      out += quantifier[0];
      const suffix = pattern[at + 1];
      if (suffix === '?') {
        out += '?';
        at += 1;
      } else if (suffix === '+') {
        throw new Unsupported(`the regular expression ${pattern}`);
      }
      atom = false;
    } else if (char === '{') {
      fail('Illegal repetition', at);
    } else {
      inClass = char === '[';
      if (inClass && pattern[at + 1] === ']') {
        fail('Unclosed character class', pattern.length - 1);
      }
      out += char === '/' ? '\\/' : char;
      atom = !'(|^'.includes(char) && !inClass;
    }
  }
  if (inClass) {
    fail('Unclosed character class', pattern.length - 1);
  }
  try {
    return new RegExp(out, [...flags].join(''));
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'Invalid', 0);
  }
}

/** The whole text matches, as `String.matches` asks. */
export function matchesWhole(pattern: string, text: string): boolean {
  const regex = javaRegex(pattern);
  return new RegExp(`^(?:${regex.source})$`, regex.flags).test(text);
}

/** Java's `replaceAll` and `replaceFirst` with `$1`, `${name}` and `\$`. */
export function javaReplace(
  text: string,
  pattern: string,
  replacement: string,
  all: boolean,
): string {
  return text.replace(javaRegex(pattern, all ? 'g' : ''), (...found) => {
    const groups = found.filter((_, index) => index < groupCount(found));
    return replacement.replace(
      /\\(.)|\$(\d)|\$\{(\w+)\}/gs,
      (_m, escaped, n) =>
        escaped !== undefined ? escaped : String(groups[Number(n)] ?? ''),
    );
  });
}

/** The match and its groups come before the offset in the arguments of a replacer. */
function groupCount(found: readonly unknown[]): number {
  return found.findIndex(part => typeof part === 'number');
}

/** What `text =~ pattern` gives. */
export class Matcher extends GroovyObject {
  readonly type = 'java.util.regex.Matcher';
  private readonly found: RegExpMatchArray[];
  private index = -1;
  private whole: RegExpMatchArray | null = null;

  private readonly source: string;
  private readonly text: string;

  constructor(source: string, text: string) {
    super();
    this.source = source;
    this.text = text;

    this.found = [...text.matchAll(javaRegex(source, 'g'))];
  }

  override truth(): boolean {
    this.index = 0;
    return this.found.length > 0;
  }

  /** The matches as Groovy indexes them: texts, or lists with the groups. */
  items(): Value[] {
    return this.found.map(match =>
      match.length === 1 ? match[0] : [...match].map(group => group ?? null),
    );
  }

  private current(): RegExpMatchArray {
    return (
      this.whole ??
      this.found[this.index] ??
      raise('IllegalStateException', 'No match found')
    );
  }

  override getProperty(name: string): Value | undefined {
    return name === 'count' ? this.found.length : undefined;
  }

  override invoke(name: string, args: Value[]): Value | undefined {
    switch (name) {
      case 'find':
        this.index += 1;
        return this.index < this.found.length;
      case 'matches': {
        const regex = javaRegex(this.source);
        this.whole = new RegExp(`^(?:${regex.source})$`, regex.flags).exec(
          this.text,
        );
        return this.whole !== null;
      }
      case 'group':
        return typeof args[0] === 'string'
          ? (this.current().groups?.[args[0]] ?? null)
          : (this.current()[Number(args[0] ?? 0)] ?? null);
      case 'groupCount':
        return (
          new RegExp(`${javaRegex(this.source).source}|`).exec('')!.length - 1
        );
      case 'getCount':
      case 'size':
        return this.found.length;
      case 'start':
        return this.current().index ?? 0;
      case 'end':
        return (this.current().index ?? 0) + this.current()[0].length;
      case 'reset':
        this.index = -1;
        return this;
      case 'replaceAll':
        return javaReplace(this.text, this.source, String(args[0]), true);
      case 'replaceFirst':
        return javaReplace(this.text, this.source, String(args[0]), false);
      default:
        return undefined;
    }
  }

  override toText(): string {
    return `java.util.regex.Matcher[pattern=${this.source}]`;
  }
}

/** A compiled `~/pattern/`. */
export class Pattern extends GroovyObject {
  readonly type = 'java.util.regex.Pattern';

  readonly source: string;

  constructor(source: string) {
    super();
    this.source = source;
  }

  override invoke(name: string, args: Value[]): Value | undefined {
    if (name === 'matcher') {
      return new Matcher(this.source, String(args[0]));
    }
    return name === 'pattern' ? this.source : undefined;
  }

  override toText(): string {
    return this.source;
  }
}
