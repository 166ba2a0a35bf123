import { GroovyObject, toText, Value } from './values';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Formats a time (epoch milliseconds, UTC) by a `SimpleDateFormat` pattern. */
export function formatDate(ms: number, pattern: string): string {
  const date = new Date(ms);
  const pad = (value: number, size: number) =>
    String(value).padStart(size, '0');
  const hour = date.getUTCHours();
  const parts: Readonly<Record<string, (size: number) => string>> = {
    y: size =>
      size === 2
        ? pad(date.getUTCFullYear() % 100, 2)
        : pad(date.getUTCFullYear(), size),
    M: size =>
      size > 2 ? MONTHS[date.getUTCMonth()] : pad(date.getUTCMonth() + 1, size),
    d: size => pad(date.getUTCDate(), size),
    H: size => pad(hour, size),
    h: size => pad(hour % 12 === 0 ? 12 : hour % 12, size),
    m: size => pad(date.getUTCMinutes(), size),
    s: size => pad(date.getUTCSeconds(), size),
    S: size => pad(date.getUTCMilliseconds(), size),
    E: () => DAYS[date.getUTCDay()],
    a: () => (hour < 12 ? 'AM' : 'PM'),
    z: () => 'UTC',
    Z: () => '+0000',
    X: () => 'Z',
  };
  return pattern.replace(
    /'((?:[^']|'')*)'|([A-Za-z])\2*/g,
    (found, quoted: string | undefined, letter: string) => {
      if (quoted !== undefined) {
        return quoted === '' ? "'" : quoted.replaceAll("''", "'");
      }
      return parts[letter]?.(found.length) ?? found;
    },
  );
}

/** `java.util.Date`; its texts are in UTC. */
export class JavaDate extends GroovyObject {
  readonly type = 'java.util.Date';

  readonly ms: number;

  constructor(ms: number) {
    super();
    this.ms = ms;
  }

  override getProperty(name: string): Value | undefined {
    return name === 'time' ? this.ms : undefined;
  }

  override invoke(name: string, args: Value[]): Value | undefined {
    switch (name) {
      case 'format':
        return formatDate(this.ms, toText(args[0] ?? ''));
      case 'getTime':
        return this.ms;
      default:
        return undefined;
    }
  }

  override toText(): string {
    return formatDate(this.ms, 'EEE MMM dd HH:mm:ss z yyyy');
  }
}
