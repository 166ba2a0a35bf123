import type { Pruner, Range } from './export';

/** The expression is not one; Jenkins answers 500 with this text. */
export class TreeError extends Error {
  constructor(what: string, expression: string) {
    super(`Malformed tree expression: ${what} in ${expression}`);
  }
}

/** `tree=a,b[c]{0,10}`: what is named, `*` for all names. */
export class TreePruner implements Pruner {
  private readonly children = new Map<string, TreePruner>();
  range?: Range;

  /** The child with this name, made when it is new. */
  child(name: string): TreePruner {
    const child = this.children.get(name) ?? new TreePruner();
    this.children.set(name, child);
    return child;
  }

  accept(name: string): TreePruner | undefined {
    return this.children.get(name) ?? this.children.get('*');
  }
}

class TreeReader {
  private readonly tokens: string[];
  private readonly expression: string;
  private at = 0;

  constructor(expression: string) {
    this.expression = expression;
    this.tokens = expression.match(/[[\]{},]|[^[\]{},]+/g) ?? [];
  }

  whole(): TreePruner {
    const root = new TreePruner();
    this.list(root);
    if (this.at < this.tokens.length) this.fail('its end is expected');
    return root;
  }

  private fail(what: string): never {
    throw new TreeError(what, this.expression);
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) this.fail(`"${token}" is expected`);
  }

  private list(into: TreePruner): void {
    do {
      const name = this.tokens[this.at]?.trim();
      if (!name || /^[[\]{},]$/.test(name)) this.fail('a name is expected');
      this.at++;
      const child = into.child(name);
      if (this.take('[')) {
        this.list(child);
        this.expect(']');
      }
      if (this.take('{')) child.range = this.rangeBehindBrace();
    } while (this.take(','));
  }

  private number(): number | undefined {
    const token = this.tokens[this.at] ?? '';
    if (!/^\s*\d+\s*$/.test(token)) return undefined;
    this.at++;
    return Number(token);
  }

  /** `{M,N}`: M and what follows up to, not including, N; `{N}` is the N-th alone. */
  private rangeBehindBrace(): Range {
    const from = this.number();
    if (this.take('}')) {
      return from === undefined
        ? this.fail('a number is expected')
        : { from, to: from + 1 };
    }
    this.expect(',');
    const to = this.number();
    this.expect('}');
    return { from: from ?? 0, to: to ?? Infinity };
  }
}

/** @throws TreeError */
export function parseTree(expression: string): TreePruner {
  return new TreeReader(expression).whole();
}
