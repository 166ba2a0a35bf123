import type { BuildResult } from '../types';
import { GroovyObject, toText, typeOf, Value } from './values';
import { table } from './table';

/** Something that a script can throw and catch. */
export class Throwable extends GroovyObject {
  /** Set for `FlowInterruptedException`: the result that the interruption asks for. */
  interruption?: { result: BuildResult; causes: string[] };
  readonly suppressed: Throwable[] = [];

  readonly type: string;
  readonly message: string | null;
  readonly cause?: Throwable;

  constructor(type: string, message: string | null, cause?: Throwable) {
    super();
    this.type = type;
    this.message = message;
    this.cause = cause;
  }

  override getProperty(name: string): Value | undefined {
    switch (name) {
      case 'message':
      case 'localizedMessage':
        return this.message;
      case 'cause':
        return this.cause ?? null;
      case 'stackTrace':
        return [];
      case 'suppressed':
        return this.suppressed;
      case 'result':
        return this.interruption?.result;
      case 'causes':
        return this.interruption?.causes;
      default:
        return undefined;
    }
  }

  override invoke(name: string): Value | undefined {
    if (name === 'printStackTrace') {
      return null;
    }
    return undefined;
  }

  override toText(): string {
    return this.message === null ? this.type : `${this.type}: ${this.message}`;
  }
}

/** A {@link Throwable} on its way up. */
export class GroovyThrow extends Error {
  readonly value: Throwable;

  constructor(value: Throwable) {
    super(value.toText());
    this.value = value;

    this.name = 'GroovyThrow';
  }
}

/** The pipeline needs something that this stand-in does not execute. No script can catch it. */
export class Unsupported extends Error {
  readonly feature: string;

  constructor(feature: string) {
    super(`${feature} is not supported by the sandbox Jenkins`);
    this.feature = feature;

    this.name = 'Unsupported';
  }
}

/** The build was killed: nothing of the script runs any more. No script can catch it. */
export class Killed extends Error {
  constructor() {
    super('killed');
    this.name = 'Killed';
  }
}

const SHORT_NAMES = table<string>({
  AbortException: 'hudson.AbortException',
  AssertionError: 'java.lang.AssertionError',
  ClassCastException: 'java.lang.ClassCastException',
  Error: 'java.lang.Error',
  Exception: 'java.lang.Exception',
  FileNotFoundException: 'java.io.FileNotFoundException',
  FlowInterruptedException:
    'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException',
  IOException: 'java.io.IOException',
  IllegalArgumentException: 'java.lang.IllegalArgumentException',
  IllegalStateException: 'java.lang.IllegalStateException',
  IndexOutOfBoundsException: 'java.lang.IndexOutOfBoundsException',
  InterruptedException: 'java.lang.InterruptedException',
  MissingMethodException: 'groovy.lang.MissingMethodException',
  MissingPropertyException: 'groovy.lang.MissingPropertyException',
  NoSuchElementException: 'java.util.NoSuchElementException',
  NullPointerException: 'java.lang.NullPointerException',
  NumberFormatException: 'java.lang.NumberFormatException',
  RuntimeException: 'java.lang.RuntimeException',
  SecurityException: 'java.lang.SecurityException',
  Throwable: 'java.lang.Throwable',
  UnsupportedOperationException: 'java.lang.UnsupportedOperationException',
});

/** The full name of an exception class that scripts may name shortly, or undefined. */
export function exceptionClass(name: string): string | undefined {
  if (SHORT_NAMES[name]) {
    return SHORT_NAMES[name];
  }
  return /\.\w*(Exception|Error|Throwable)$/.test(name) ? name : undefined;
}

const PARENTS = table<string>({
  'java.lang.Exception': 'java.lang.Throwable',
  'java.lang.Error': 'java.lang.Throwable',
  'java.lang.AssertionError': 'java.lang.Error',
  'java.lang.NoSuchMethodError': 'java.lang.Error',
  'org.codehaus.groovy.runtime.powerassert.PowerAssertionError':
    'java.lang.AssertionError',
  'java.lang.RuntimeException': 'java.lang.Exception',
  'java.io.IOException': 'java.lang.Exception',
  'java.nio.file.NoSuchFileException': 'java.io.IOException',
  'java.io.FileNotFoundException': 'java.io.IOException',
  'hudson.AbortException': 'java.io.IOException',
  'java.lang.InterruptedException': 'java.lang.Exception',
  'org.jenkinsci.plugins.workflow.steps.FlowInterruptedException':
    'java.lang.InterruptedException',
  'org.jenkinsci.plugins.workflow.steps.MissingContextVariableException':
    'java.lang.Exception',
  'java.lang.NumberFormatException': 'java.lang.IllegalArgumentException',
  'java.lang.ArrayIndexOutOfBoundsException':
    'java.lang.IndexOutOfBoundsException',
  'java.lang.StringIndexOutOfBoundsException':
    'java.lang.IndexOutOfBoundsException',
});

/** Whether an exception of class `type` is a `wanted`. Unknown classes count as RuntimeExceptions. */
export function isA(type: string, wanted: string): boolean {
  for (let at: string | undefined = type; at;) {
    if (at === wanted) {
      return true;
    }
    at =
      PARENTS[at] ??
      (at === 'java.lang.Throwable' || at === 'java.lang.RuntimeException'
        ? undefined
        : 'java.lang.RuntimeException');
  }
  return false;
}

/** Throws an exception of a Java class, by its short or full name. */
export function raise(type: string, message: string | null): never {
  throw new GroovyThrow(new Throwable(exceptionClass(type) ?? type, message));
}

export function missingMethod(
  target: string,
  name: string,
  args: Value[],
): never {
  return raise(
    'MissingMethodException',
    `No signature of method: ${target}.${name}() is applicable for argument types: (${args
      .map(typeOf)
      .join(', ')}) values: [${args.map(a => toText(a)).join(', ')}]`,
  );
}

export function missingProperty(target: string, name: string): never {
  return raise(
    'MissingPropertyException',
    `No such property: ${name} for class: ${target}`,
  );
}

/** The script security sandbox refuses a Java member. */
export function rejected(what: string): never {
  return raise(
    'org.jenkinsci.plugins.scriptsecurity.sandbox.RejectedAccessException',
    `Scripts not permitted to use ${what}`,
  );
}

/** The script's exception behind a JavaScript error; undefined for what no script can catch. */
export function toThrowable(error: unknown): Throwable | undefined {
  return error instanceof GroovyThrow ? error.value : undefined;
}
