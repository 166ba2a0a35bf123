import { randomUUID } from 'crypto';
import type { Ctx } from '../runtime/context';
import { compare } from './arithmetic';
import { coerce, parseInteger } from './cast';
import { exceptionClass, rejected, Throwable, Unsupported } from './errors';
import { formatText } from './gdk/strings';
import { JavaDate } from './javaDate';
import {
  DateFormat,
  JavaRandom,
  JsonSlurper,
  num,
  StringBuilder,
} from './javaObjects';
import { writeJson } from './json';
import { Pattern } from './regex';
import { ClassRef, Decimal, toText, Value } from './values';
import { table } from './table';

type Static = (args: Value[], ctx: Ctx) => Value;

interface JavaClass {
  readonly fields?: Readonly<Record<string, Value>>;
  readonly methods?: Readonly<Record<string, Static>>;
  readonly construct?: (args: Value[]) => Value;
  /** Script security refuses every member that is not listed. */
  readonly forbidden?: boolean;
}

const first = (args: Value[]): Value => args[0] ?? null;
/** Whole results stay integers where Java would give a double only for doubles. */
const double = (value: number): Value =>
  Decimal.parse(Number.isInteger(value) ? `${value}.0` : String(value));

const RESULTS = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED'];
const UNITS = [
  'NANOSECONDS',
  'MICROSECONDS',
  'MILLISECONDS',
  'SECONDS',
  'MINUTES',
  'HOURS',
  'DAYS',
];
const constants = (names: string[]) =>
  Object.fromEntries(names.map(name => [name, name]));

const text1: (change: (text: string) => Value) => Static = change => args =>
  change(toText(first(args)));

const CLASSES = table<JavaClass>({
  'java.lang.Object': {},
  'java.lang.String': {
    methods: {
      valueOf: (args: Value[]) => toText(first(args)),
      format: args => formatText(toText(first(args)), args.slice(1)),
      join: args =>
        (Array.isArray(args[1]) ? args[1] : args.slice(1))
          .map(item => toText(item))
          .join(toText(first(args))),
    },
    construct: args => toText(args[0] ?? ''),
  },
  'java.lang.Integer': {
    fields: { MAX_VALUE: 2147483647, MIN_VALUE: -2147483648 },
    methods: {
      parseInt: args =>
        parseInteger(toText(first(args)), args.length > 1 ? num(args[1]) : 10),
      valueOf: (args: Value[]) => parseInteger(toText(first(args))),
      toString: (args: Value[]) =>
        num(first(args)).toString(args.length > 1 ? num(args[1]) : 10),
      toHexString: args => num(first(args)).toString(16),
      max: args => Math.max(num(args[0]), num(args[1])),
      min: args => Math.min(num(args[0]), num(args[1])),
    },
  },
  'java.lang.Long': {
    fields: { MAX_VALUE: Number.MAX_SAFE_INTEGER },
    methods: {
      parseLong: text1(text => parseInteger(text)),
      valueOf: text1(text => parseInteger(text)),
    },
  },
  'java.lang.Double': {
    methods: {
      parseDouble: args => coerce(first(args), 'double', true),
      valueOf: (args: Value[]) => coerce(first(args), 'double', true),
    },
  },
  'java.lang.Boolean': {
    fields: { TRUE: true, FALSE: false },
    methods: {
      parseBoolean: text1(text => text.toLowerCase() === 'true'),
      valueOf: text1(text => text.toLowerCase() === 'true'),
    },
  },
  'java.lang.Math': {
    fields: { PI: Decimal.parse(String(Math.PI)) },
    methods: {
      abs: args => {
        const value = first(args);
        return value instanceof Decimal
          ? new Decimal(Math.abs(value.value), value.scale)
          : Math.abs(num(value));
      },
      max: args =>
        compare(first(args), args[1] ?? null) >= 0 ? first(args) : args[1],
      min: args =>
        compare(first(args), args[1] ?? null) <= 0 ? first(args) : args[1],
      round: args => Math.round(num(first(args))),
      floor: args => double(Math.floor(num(first(args)))),
      ceil: args => double(Math.ceil(num(first(args)))),
      sqrt: args => double(Math.sqrt(num(first(args)))),
      pow: args => double(num(args[0]) ** num(args[1])),
      random: () => Decimal.parse(String(Math.random())),
    },
  },
  'java.lang.System': {
    methods: {
      currentTimeMillis: () => Date.now(),
      nanoTime: () => Number(process.hrtime.bigint()),
      lineSeparator: () => '\n',
    },
    forbidden: true,
  },
  'java.lang.Runtime': { forbidden: true },
  'java.lang.Thread': { forbidden: true },
  'java.io.File': { forbidden: true },
  'jenkins.model.Jenkins': { forbidden: true },
  'hudson.model.Hudson': { forbidden: true },
  'java.lang.StringBuilder': {
    construct: args => new StringBuilder(toText(args[0] ?? '')),
  },
  'java.lang.StringBuffer': {
    construct: args => new StringBuilder(toText(args[0] ?? '')),
  },
  'java.util.ArrayList': {
    construct: args => (Array.isArray(args[0]) ? [...args[0]] : []),
  },
  'java.util.LinkedList': {
    construct: args => (Array.isArray(args[0]) ? [...args[0]] : []),
  },
  'java.util.HashSet': {
    construct: args => (Array.isArray(args[0]) ? [...new Set(args[0])] : []),
  },
  'java.util.LinkedHashSet': {
    construct: args => (Array.isArray(args[0]) ? [...new Set(args[0])] : []),
  },
  'java.util.HashMap': {
    construct: args => new Map(args[0] instanceof Map ? args[0] : []),
  },
  'java.util.LinkedHashMap': {
    construct: args => new Map(args[0] instanceof Map ? args[0] : []),
  },
  'java.util.TreeMap': {
    construct: args => new Map(args[0] instanceof Map ? args[0] : []),
  },
  'java.util.List': {},
  'java.util.Map': {},
  'java.util.Set': {},
  'java.util.Collection': {},
  'java.lang.Number': {},
  'java.lang.CharSequence': {},
  'groovy.lang.Closure': {
    fields: {
      OWNER_FIRST: 0,
      DELEGATE_FIRST: 1,
      OWNER_ONLY: 2,
      DELEGATE_ONLY: 3,
    },
  },
  'groovy.lang.GString': {},
  'java.util.Arrays': {
    methods: {
      asList: args =>
        Array.isArray(args[0]) && args.length === 1 ? args[0] : args,
    },
  },
  'java.util.Random': { construct: () => new JavaRandom() },
  'java.util.UUID': { methods: { randomUUID: () => randomUUID() } },
  'java.util.Date': {
    construct: args =>
      new JavaDate(args.length > 0 ? num(args[0]) : Date.now()),
  },
  'java.text.SimpleDateFormat': {
    construct: args => new DateFormat(toText(first(args))),
  },
  'java.net.URLEncoder': {
    methods: {
      encode: text1(text => encodeURIComponent(text).replaceAll('%20', '+')),
    },
  },
  'java.net.URLDecoder': {
    methods: {
      decode: text1(text => decodeURIComponent(text.replaceAll('+', ' '))),
    },
  },
  'java.util.regex.Pattern': {
    methods: {
      compile: text1(text => new Pattern(text)),
      quote: text1(text => `\\Q${text}\\E`),
    },
  },
  'java.util.concurrent.TimeUnit': { fields: constants(UNITS) },
  'hudson.model.Result': { fields: constants(RESULTS) },
  'groovy.json.JsonSlurperClassic': { construct: () => new JsonSlurper() },
  'groovy.json.JsonSlurper': { construct: () => new JsonSlurper() },
  'groovy.json.JsonOutput': {
    methods: {
      toJson: args => writeJson(first(args)),
      prettyPrint: text1(text => JSON.stringify(JSON.parse(text), null, 4)),
    },
  },
  'hudson.FilePath': { forbidden: true },
  'hudson.Launcher': { forbidden: true },
  'hudson.model.TaskListener': { forbidden: true },
  'org.jenkinsci.plugins.workflow.graph.FlowNode': { forbidden: true },
  'hudson.AbortException': {},
  'org.jenkinsci.plugins.pipeline.modeldefinition.Utils': {
    methods: {
      markStageSkippedForConditional: (args, ctx) => {
        ctx.run.graph.markSkipped(ctx.nodeId, toText(first(args)));
        return null;
      },
    },
  },
});

function memberOf<T>(
  members: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return members && Object.hasOwn(members, name) ? members[name] : undefined;
}

/** A class that a script may name, with its static members. */
class JavaClassRef extends ClassRef {
  private readonly members: JavaClass;

  constructor(name: string, members: JavaClass) {
    super(name);
    this.members = members;
  }

  override getProperty(name: string): Value | undefined {
    const field = memberOf(this.members.fields, name);
    if (field !== undefined) {
      return field;
    }
    if (
      this.members.forbidden &&
      !['name', 'class', 'simpleName'].includes(name)
    ) {
      return rejected(`staticField ${this.name} ${name}`);
    }
    return super.getProperty(name);
  }

  override invoke(name: string, args: Value[], ctx: Ctx): Value | undefined {
    const method = memberOf(this.members.methods, name);
    if (method) {
      return method(args, ctx);
    }
    if (name === 'getName' || name === 'getSimpleName') {
      return super.getProperty(name === 'getName' ? 'name' : 'simpleName');
    }
    if (this.members.forbidden) {
      const types = args.map(arg =>
        typeof arg === 'string' ? ' java.lang.String' : '',
      );
      return rejected(`staticMethod ${this.name} ${name}${types.join('')}`);
    }
    return undefined;
  }
}

const IMPORTED = [
  'java.lang',
  'java.util',
  'java.io',
  'java.net',
  'groovy.lang',
  'groovy.util',
  'java.math',
];

/** The full name of a class by its short name, without the script's own imports. */
export function fullClassName(name: string): string | undefined {
  if (name.includes('.')) {
    return CLASSES[name] || exceptionClass(name) ? name : undefined;
  }
  const found = IMPORTED.map(p => `${p}.${name}`).find(full => CLASSES[full]);
  return found ?? exceptionClass(name);
}

/** A class as a value, or undefined when this stand-in does not know it. */
export function javaClass(fullName: string): ClassRef | undefined {
  const members = CLASSES[fullName];
  if (members) {
    return new JavaClassRef(fullName, members);
  }
  return exceptionClass(fullName) ? new ClassRef(fullName) : undefined;
}

/** `new fullName(args)`. */
export function constructJava(fullName: string, args: Value[]): Value {
  const known = CLASSES[fullName];
  if (known?.construct) {
    return known.construct(args);
  }
  if (known?.forbidden) {
    return rejected(
      `new ${fullName}${args.map(arg => (typeof arg === 'string' ? ' java.lang.String' : '')).join('')}`,
    );
  }
  const exception = exceptionClass(fullName);
  if (exception) {
    const [message, cause] = args;
    return new Throwable(
      exception,
      message === undefined || message === null ? null : toText(message),
      [message, cause].find(arg => arg instanceof Throwable) as
        Throwable | undefined,
    );
  }
  throw new Unsupported(`the Java class ${fullName}`);
}
