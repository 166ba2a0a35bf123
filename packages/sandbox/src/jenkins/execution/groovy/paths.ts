import { Expression } from './ast';
import { PRIMITIVE_TYPES } from './operators';
import { CallArguments, PrimaryParser } from './primaries';

/** A primary with what follows it: members, calls, indices, closures, and arguments without parentheses. */
export abstract class PathParser extends PrimaryParser {
  /** A primary with its selectors, calls and trailing closures; as a statement also `name arguments`. */
  protected path(statement: boolean): Expression {
    let value = this.primary();
    for (;;) {
      const next = this.selector(value, statement);
      if (!next) {
        break;
      }
      value = next;
    }
    if (statement && this.startsCommand(value)) {
      return this.command(value);
    }
    return value;
  }

  protected selector(
    value: Expression,
    statement: boolean,
  ): Expression | undefined {
    const at = this.pastNewlines();
    const token = this.tokenAt(at);
    if (token?.kind !== 'operator') {
      return undefined;
    }
    if (['.', '?.', '*.'].includes(token.text)) {
      this.position += at + 1;
      this.skipNewlines();
      return this.member(value, token.text);
    }
    if (token.text === '.&') {
      this.position += at + 1;
      const name = this.expectIdentifier();
      return {
        kind: 'pointer',
        target: value,
        name,
        start: value.start,
        end: this.lastEnd,
      };
    }
    if (token.text === '{' && (at === 0 || statement) && isCallable(value)) {
      this.position += at;
      return this.callWith(value, { args: [this.closure()], named: [] });
    }
    if (at > 0) {
      return undefined;
    }
    if (token.text === '(') {
      return this.callWith(value, this.parenthesised());
    }
    if (token.text === '[') {
      this.position += 1;
      const indices = this.items(']');
      return {
        kind: 'index',
        target: value,
        indices,
        start: value.start,
        end: this.lastEnd,
      };
    }
    return undefined;
  }

  protected member(target: Expression, operator: string): Expression {
    const token = this.token;
    const safe = operator === '?.';
    const spread = operator === '*.';
    let name: string | Expression;
    if (token?.kind === 'string') {
      this.position += 1;
      name = token.value ?? this.string(token);
    } else if (token?.kind === 'identifier' || token?.kind === 'keyword') {
      this.position += 1;
      name = token.text;
    } else if (this.isOperator('(')) {
      name = this.primary();
    } else {
      throw this.unexpected();
    }
    return {
      kind: 'property',
      target,
      name,
      safe,
      spread,
      start: target.start,
      end: this.lastEnd,
    };
  }

  /** `value` called with arguments; a call that already has some gets the trailing closure added. */
  protected callWith(value: Expression, given: CallArguments): Expression {
    const end = this.lastEnd;
    const base = { start: value.start, end, ...given };
    if (value.kind === 'variable') {
      return {
        kind: 'call',
        method: value.name,
        safe: false,
        spread: false,
        nameStart: value.start,
        ...base,
      };
    }
    if (value.kind === 'property') {
      const { target, name, safe, spread } = value;
      const nameStart =
        value.end - (typeof name === 'string' ? name.length : 0);
      return {
        kind: 'call',
        target,
        method: name,
        safe,
        spread,
        nameStart,
        ...base,
      };
    }
    const closure = given.args.length === 1 && given.args[0].kind === 'closure';
    if (value.kind === 'call' && closure && given.named.length === 0) {
      return { ...value, args: [...value.args, ...given.args], end };
    }
    return {
      kind: 'call',
      method: value,
      safe: false,
      spread: false,
      nameStart: value.start,
      ...base,
    };
  }

  /** Whether what follows can be the first argument of a call without parentheses. */
  protected startsCommand(value: Expression): boolean {
    const name =
      value.kind === 'variable' ||
      value.kind === 'property' ||
      (value.kind === 'constant' && value.quoted);
    const token = this.token;
    if (value.kind === 'constant' && !value.quoted) {
      // `1BAR = …` is a call of 1 to Groovy's parser; what it means is for others to reject.
      return token?.kind === 'identifier' && token.start === value.end;
    }
    if (!name || !token) {
      return false;
    }
    if (token.kind === 'keyword') {
      return (
        ['this', 'new', 'true', 'false', 'null', 'super'].includes(
          token.text,
        ) ||
        (PRIMITIVE_TYPES.has(token.text) && this.isOperator(':', 1))
      );
    }
    return (
      token.kind === 'identifier' ||
      token.kind === 'number' ||
      token.kind === 'string' ||
      (token.kind === 'operator' &&
        token.text === '!' &&
        token.start > this.lastEnd)
    );
  }

  protected command(value: Expression): Expression {
    const given = this.argumentList(() => false);
    let call = this.callWith(value, given);
    // `a b c d` is `a(b).c(d)`.
    while (this.token?.kind === 'identifier') {
      const member = this.member(call, '.');
      call = this.startsCommand(member)
        ? this.callWith(
            member,
            this.argumentList(() => false),
          )
        : member;
    }
    return call;
  }
}

/** Whether a `{` after it is its closure argument. */
function isCallable(value: Expression): boolean {
  return (
    value.kind === 'variable' ||
    value.kind === 'property' ||
    value.kind === 'call'
  );
}
