import { ClosureExpression, GroovyExpression } from './groovy/syntax';
import { indexAt, TokenStream } from './groovy/tokenStream';

/**
 * The text that Jenkins takes for an expression. Jenkins cuts it out of the source by the positions in Groovy's tree,
 * and the JSON that it gives follows from what these are: binary operators lose the white space and parentheses around
 * them, `a[0]` its last bracket; an operator inside another expression is all that is left of that operand; most other
 * nodes reach to the next token and so take a comment with them. Checked against Groovy 2.4.21 with Jenkins' parser.
 *
 * `enclosed` says that the expression is an argument in parentheses, whose own range then counts.
 */
export function jenkinsText(
  text: string,
  expression: GroovyExpression,
  enclosed: boolean,
): string {
  const parts: string[] = [];
  // An explicit stack, for chains of operators can be very long.
  const pending: (string | { node: GroovyExpression; enclosed: boolean })[] = [
    { node: expression, enclosed },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      parts.push(next);
      continue;
    }
    const core = withoutParentheses(next.node);
    if (core.kind === 'binary') {
      const { left, operator, right } = core;
      pending.push({ node: right, enclosed: false }, operator);
      pending.push({ node: left, enclosed: false });
    } else if (core.kind === 'index') {
      const { object, only, inside } = core;
      pending.push(
        only
          ? { node: only, enclosed: true }
          : cut(text, inside.start, inside.end),
      );
      pending.push('[', { node: object, enclosed: false });
    } else {
      parts.push(ownText(text, next.node, next.enclosed));
    }
  }
  return parts.join('');
}

/** What is left of an expression when the parentheses around it are taken away. */
export function withoutParentheses(
  expression: GroovyExpression,
): GroovyExpression {
  let core = expression;
  while (core.kind === 'parenthesized') {
    core = core.inner;
  }
  return core;
}

function ownText(
  text: string,
  node: GroovyExpression,
  enclosed: boolean,
): string {
  if (!enclosed) {
    switch (node.kind) {
      case 'variable':
        return cut(text, node.start, node.end);
      case 'constant':
        return node.sign
          ? cut(text, node.sign.start, node.sign.end)
          : cut(text, node.start, node.end);
      case 'operator':
        return cut(text, node.operator.start, node.operator.end);
      case 'call':
        if (node.command) {
          return cut(text, node.command.start, node.command.end);
        }
        break;
      case 'map':
        if (node.empty) {
          return cut(text, node.empty.start, node.empty.end);
        }
        break;
      default:
    }
  }
  return cut(text, node.start, node.fullEnd);
}

/** A stretch of source as Jenkins reads it: line by line, without white space at the ends. */
export function cut(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/\r\n?/g, '\n').trim();
}

/**
 * The text that Jenkins takes for the body of a `script` or `expression` block: from the first statement to the end
 * of the first one that reaches the last line; the whole closure when it has no statement.
 */
export function jenkinsCode(
  stream: TokenStream,
  closure: ClosureExpression,
): string {
  const { text, tokens, partners } = stream;
  const inside = indexAt(stream, closure.body.start);
  const beyond = indexAt(stream, closure.body.end);
  const isSeparator = (index: number) =>
    tokens[index].kind === 'newline' || tokens[index].text === ';';
  let first = inside;
  while (first < beyond && isSeparator(first)) {
    first += 1;
  }
  if (first === beyond) {
    return cut(text, closure.start, closure.fullEnd);
  }
  let last = beyond - 1;
  while (isSeparator(last)) {
    last -= 1;
  }
  const lastEnd = tokens[last + 1]?.start ?? text.length;
  const code = text.slice(tokens[first].start, lastEnd);
  const breaks = Math.max(code.lastIndexOf('\n'), code.lastIndexOf('\r'));
  const lineStart = tokens[first].start + breaks + 1;
  for (let index = first; index <= last; index += 1) {
    if (tokens[index].text === ';' && tokens[index].start >= lineStart) {
      return cut(text, tokens[first].start, tokens[index].start);
    }
    if (partners[index] >= 0) {
      index = partners[index];
    }
  }
  return cut(text, tokens[first].start, lastEnd);
}
