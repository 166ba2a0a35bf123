import { jenkinsText, withoutParentheses, cut } from './jenkinsText';
import {
  ArgumentsModel,
  MethodArgumentModel,
  MethodModel,
  NamedValueModel,
  ValueModel,
} from './model';
import { BARE_AGENTS } from './names';
import { SourceRange } from './positions';
import {
  literalName,
  PassedArgument,
  passedArguments,
  ReadContext,
} from './readContext';
import { CallExpression, GroovyExpression } from './groovy/syntax';

/** Reads a value: constants as what they are, everything else as text. */
export function readValue(
  context: ReadContext,
  expression: GroovyExpression,
  enclosed: boolean,
): ValueModel {
  const { start, end } = expression;
  const source = context.sourceOf(expression);
  const literal = (value: ValueModel['value']): ValueModel => ({
    kind: 'value',
    literal: true,
    value,
    source,
    start,
    end,
  });
  const computed = (value: string): ValueModel => ({
    ...literal(value),
    literal: false,
  });
  const core = withoutParentheses(expression);
  switch (core.kind) {
    case 'constant':
      if (core.tooBig) {
        context.report(expression, 'bigInteger');
        return literal(-1);
      }
      return literal(core.value);
    case 'gstring':
    case 'map':
      return computed(jenkinsText(context.text, expression, enclosed));
    case 'variable':
      if (BARE_AGENTS.has(core.name)) {
        return literal(core.name);
      }
      break;
    default:
  }
  const text = jenkinsText(context.text, expression, enclosed);
  if (text.startsWith('${')) {
    context.report(expression, 'bareDollarCurly', text);
  }
  const value = computed(`\${${text}}`);
  return core.kind === 'list'
    ? { ...value, items: core.items.map(item => readItem(context, item)) }
    : value;
}

/** An element of a list. Jenkins does not look at these, so nothing is wrong with them here. */
function readItem(context: ReadContext, item: GroovyExpression): ValueModel {
  const { start, end } = item;
  const source = context.sourceOf(item);
  const core = withoutParentheses(item);
  const literal = core.kind === 'constant';
  const value = literal ? core.value : source;
  return { kind: 'value', literal, value, source, start, end };
}

/** A name written as a word or a string; `error`, with a diagnostic, for anything else. */
export function readKey(
  context: ReadContext,
  expression: GroovyExpression | undefined,
  range: SourceRange,
): string {
  const name = literalName(expression);
  if (name === undefined) {
    context.report(range, 'expectedStringLiteral');
  }
  return name || 'error';
}

/** The name of a called method as a key, whatever it is called on. A call of a value is one of its method `call`. */
export function readMethodKey(
  context: ReadContext,
  call: CallExpression,
): string {
  return call.method ? readKey(context, call.method, call) : 'call';
}

function readNamedValues(
  context: ReadContext,
  map: MapArgument,
): NamedValueModel[] {
  return map.entries.map(({ key, value, start, end }) => ({
    key: readKey(context, key, { start, end }),
    value: readValue(context, value, map.enclosed),
    start,
    end,
  }));
}

interface MapArgument {
  readonly entries: readonly {
    readonly key: GroovyExpression | undefined;
    readonly value: GroovyExpression;
    readonly start: number;
    readonly end: number;
  }[];
  readonly enclosed: boolean;
}

/** The entries of named arguments, or of a map literal that stands in their place. */
export function mapArgument(argument: PassedArgument): MapArgument | undefined {
  if (argument.kind === 'map') {
    return argument;
  }
  const core = withoutParentheses(argument.expression);
  // In a map literal each value has its own range, as in parentheses.
  return core.kind === 'map'
    ? { entries: core.entries, enclosed: true }
    : undefined;
}

/** Reads one argument, whatever it is, as a value. */
export function readPassed(
  context: ReadContext,
  argument: PassedArgument,
): ValueModel {
  if (argument.kind === 'expression') {
    return readValue(context, argument.expression, argument.enclosed);
  }
  const { start, fullEnd } = argument;
  const text = cut(context.text, start, fullEnd);
  return {
    kind: 'value',
    literal: false,
    value: text,
    source: text,
    start,
    end: start + text.length,
  };
}

/** The arguments of a step or a condition. A map with `$class` is one value: the old way to write a describable. */
export function readArguments(
  context: ReadContext,
  passed: readonly PassedArgument[],
): ArgumentsModel {
  if (passed.length === 0) {
    return { form: 'named', entries: [] };
  }
  if (passed.length > 1) {
    const values = passed.map(argument => readPassed(context, argument));
    return { form: 'positional', values };
  }
  const map = mapArgument(passed[0]);
  if (!map) {
    return { form: 'single', value: readPassed(context, passed[0]) };
  }
  const described = map.entries.some(
    entry => literalName(entry.key) === '$class',
  );
  return described
    ? { form: 'single', value: readPassed(context, passed[0]) }
    : { form: 'named', entries: readNamedValues(context, map) };
}

/** Reads a call in a place where its arguments may be calls themselves. */
export function readMethod(
  context: ReadContext,
  call: CallExpression,
): MethodModel {
  const { start, end } = call;
  const name = context.methodName(call);
  const list: MethodArgumentModel[] = [];
  for (const argument of passedArguments(call)) {
    const map = mapArgument(argument);
    if (map) {
      for (const { key, value, ...range } of map.entries) {
        const read = readMethodValue(context, value, map.enclosed);
        const named = readKey(context, key, range);
        if (read) {
          list.push({ kind: 'named', key: named, value: read, ...range });
        }
      }
    } else if (argument.kind === 'expression') {
      const { expression, enclosed } = argument;
      const read = readMethodValue(context, expression, enclosed);
      if (read) {
        list.push(read);
      }
    }
  }
  return { kind: 'method', name, arguments: list, start, end };
}

function readMethodValue(
  context: ReadContext,
  expression: GroovyExpression,
  enclosed: boolean,
): ValueModel | MethodModel | undefined {
  const core = withoutParentheses(expression);
  if (core.kind === 'closure') {
    context.report(expression, 'methodCallWithClosure');
    return undefined;
  }
  return core.kind === 'call'
    ? readMethod(context, core)
    : readValue(context, expression, enclosed);
}

/** `name true`: undefined, with a diagnostic, when the argument is no boolean. */
export function readBoolean(
  context: ReadContext,
  call: CallExpression,
  name: string,
): boolean | undefined {
  const [first] = passedArguments(call);
  const core =
    first?.kind === 'expression' && withoutParentheses(first.expression);
  if (core && core.kind === 'constant' && typeof core.value === 'boolean') {
    return core.value;
  }
  context.report(call, 'expectedBoolean', name);
  return undefined;
}
