import { randomInt } from 'crypto';
import { raise } from './errors';
import { formatDate, JavaDate } from './javaDate';
import { parseJson } from './json';
import { GroovyObject, numberOf, toText, Value } from './values';

/** The number that an argument of a Java method has to be. */
export const num = (value: Value): number =>
  numberOf(value) ??
  raise('IllegalArgumentException', `${toText(value)} is no number`);

const first = (args: Value[]): Value => args[0] ?? null;

/** A text under construction. */
export class StringBuilder extends GroovyObject {
  readonly type = 'java.lang.StringBuilder';

  private content: string;

  constructor(content: string) {
    super();
    this.content = content;
  }

  override invoke(name: string, args: Value[]): Value | undefined {
    switch (name) {
      case 'append':
      case 'leftShift':
        this.content += toText(first(args));
        return this;
      case 'length':
        return this.content.length;
      case 'reverse':
        this.content = [...this.content].reverse().join('');
        return this;
      default:
        return undefined;
    }
  }

  override toText(): string {
    return this.content;
  }
}

/** `java.util.Random`, from the machine's own source. */
export class JavaRandom extends GroovyObject {
  readonly type = 'java.util.Random';

  override invoke(name: string, args: Value[]): Value | undefined {
    if (name === 'nextInt') {
      return randomInt(args.length > 0 ? num(args[0]) : 2 ** 31);
    }
    return name === 'nextBoolean' ? randomInt(2) === 1 : undefined;
  }
}

/** A reader of JSON. */
export class JsonSlurper extends GroovyObject {
  readonly type = 'groovy.json.JsonSlurperClassic';

  override invoke(name: string, args: Value[]): Value | undefined {
    return name === 'parseText' ? parseJson(toText(first(args))) : undefined;
  }
}

/** `java.text.SimpleDateFormat`, in UTC. */
export class DateFormat extends GroovyObject {
  readonly type = 'java.text.SimpleDateFormat';

  private readonly pattern: string;

  constructor(pattern: string) {
    super();
    this.pattern = pattern;
  }

  override invoke(name: string, args: Value[]): Value | undefined {
    const [date] = args;
    if (name === 'format' && date instanceof JavaDate) {
      return formatDate(date.ms, this.pattern);
    }
    return name === 'setTimeZone' ? null : undefined;
  }
}
