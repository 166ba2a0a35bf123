import { withoutParentheses } from './jenkinsText';
import { faultMessage, PipelineFault } from './messages';
import { SourceRange } from './positions';
import { StatementReader } from './groovy/statementReader';
import {
  CallExpression,
  ClosureExpression,
  GroovyExpression,
  MapEntry,
  Statement,
} from './groovy/syntax';
import { TokenStream } from './groovy/tokenStream';

/** Blocks inside blocks: deeper than this they are not read, with a diagnostic. */
const MAX_BLOCK_DEPTH = 150;

/** A part of the model that is being read. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An argument as Groovy passes it: all named ones are one map, which comes first. */
export type PassedArgument =
  | {
      readonly kind: 'map';
      readonly entries: readonly MapEntry[];
      readonly enclosed: boolean;
      readonly start: number;
      readonly fullEnd: number;
    }
  | {
      readonly kind: 'expression';
      readonly expression: GroovyExpression;
      readonly enclosed: boolean;
    };

/** A call statement whose last argument is a closure. */
export interface BlockCall {
  readonly name: string;
  readonly call: CallExpression;
  readonly closure: ClosureExpression;
}

/** What all parts of the reader need: the text, the statements in it, and where to report faults. */
export class ReadContext {
  private depth = 0;

  readonly stream: TokenStream;
  readonly statements: StatementReader;

  constructor(stream: TokenStream, statements: StatementReader) {
    this.stream = stream;
    this.statements = statements;
  }

  get text(): string {
    return this.stream.text;
  }

  /** Reports a fault of the pipeline, in Jenkins' words. */
  report(
    { start, end }: SourceRange,
    code: PipelineFault,
    ...details: string[]
  ): void {
    const message = faultMessage(code, ...details);
    this.stream.sink.add({ level: 'parse', code, message, start, end });
  }

  /** The text of a statement, without its label. */
  statementText(statement: Statement): string {
    const labelled = statement.kind === 'expression' && statement.label;
    return this.sourceOf(labelled ? statement.expression : statement);
  }

  sourceOf({ start, end }: SourceRange): string {
    return this.text.slice(start, end);
  }

  /** The results of reading each statement of a block; nothing when blocks are nested too deep. */
  eachStatement<T>(
    closure: ClosureExpression,
    read: (statement: Statement) => T | undefined,
  ): T[] {
    if (this.depth >= MAX_BLOCK_DEPTH) {
      const { start } = closure;
      this.stream.sink.add({
        level: 'parse',
        code: 'nesting-too-deep',
        message: `blocks are nested more than ${MAX_BLOCK_DEPTH} deep`,
        start,
        end: start + 1,
      });
      return [];
    }
    this.depth += 1;
    try {
      const results: T[] = [];
      for (const statement of this.statements.statementsOf(closure)) {
        const result = read(statement);
        if (result !== undefined) {
          results.push(result);
        }
      }
      return results;
    } finally {
      this.depth -= 1;
    }
  }

  /** The call that a statement is, if it is one. */
  callOf(statement: Statement): CallExpression | undefined {
    if (statement.kind !== 'expression') {
      return undefined;
    }
    const expression = withoutParentheses(statement.expression);
    return expression.kind === 'call' ? expression : undefined;
  }

  /** The name of a called method, when it is plain and called on nothing. */
  plainName(call: CallExpression): string | undefined {
    return call.receiver ? undefined : literalName(call.method);
  }

  /** Like `plainName`, but reports a call that has none, and gives `error` for it, as Jenkins does. */
  methodName(call: CallExpression): string {
    const name = this.plainName(call);
    if (name === undefined) {
      const onVariable = call.receiver?.kind === 'variable' && call.method;
      this.report(call, onVariable ? 'objectMethodCall' : 'expectedSymbol');
    }
    return name ?? 'error';
  }

  /** The block call that a statement is, if it is one. */
  blockOf(statement: Statement): BlockCall | undefined {
    const call = this.callOf(statement);
    const name = call && this.plainName(call);
    if (!call || name === undefined) {
      return undefined;
    }
    const passed = passedArguments(call);
    const last = passed[passed.length - 1];
    if (last?.kind !== 'expression') {
      return undefined;
    }
    const closure = withoutParentheses(last.expression);
    return closure.kind === 'closure' ? { name, call, closure } : undefined;
  }
}

/** The text of a string constant or a name; undefined for everything else. */
export function literalName(
  expression: GroovyExpression | undefined,
): string | undefined {
  const core = expression && withoutParentheses(expression);
  if (core?.kind === 'variable') {
    return core.name;
  }
  return core?.kind === 'constant' && typeof core.value === 'string'
    ? core.value
    : undefined;
}

/** The arguments of a call in the order in which Groovy passes them. */
export function passedArguments(call: CallExpression): PassedArgument[] {
  const passed: PassedArgument[] = [];
  const entries: MapEntry[] = [];
  for (const argument of call.arguments) {
    const { key, value, spreadsMap, enclosed, start, end } = argument;
    if (key || spreadsMap) {
      entries.push({ key, value, start, end });
    } else {
      passed.push({ kind: 'expression', expression: value, enclosed });
    }
  }
  const [first] = call.arguments;
  if (entries.length > 0 && first) {
    // Groovy's tree gives this map the place of all arguments that are written together.
    const written = call.arguments.filter(
      argument => argument.enclosed === first.enclosed,
    );
    passed.unshift({
      kind: 'map',
      entries,
      enclosed: first.enclosed,
      start: first.start,
      fullEnd: written[written.length - 1].value.fullEnd,
    });
  }
  return passed;
}

/** The items with a key, of those with the same key only the last, in the place of the first: as in Java's maps. */
export function lastOfEach<T extends { readonly key: string }>(
  items: readonly T[],
): T[] {
  return [...new Map(items.map(item => [item.key, item])).values()];
}
