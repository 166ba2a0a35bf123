/** Binary operators by how tightly they bind, 0 the loosest; `**` and the unary ones are handled apart. */
export const BINARY_LEVELS: ReadonlyMap<string, number> = new Map(
  [
    ['||'],
    ['&&'],
    ['|'],
    ['^'],
    ['&'],
    ['=~', '==~'],
    ['==', '!=', '<=>', '===', '!=='],
    ['<', '<=', '>', '>=', 'in', 'instanceof', 'as'],
    ['<<', '>>', '>>>', '..', '..<'],
    ['+', '-'],
    ['*', '/', '%'],
  ].flatMap((operators, level) =>
    operators.map((operator): [string, number] => [operator, level]),
  ),
);

export const ASSIGNMENTS: ReadonlySet<string> = new Set(
  '= += -= *= /= %= **= <<= >>= >>>= &= ^= |='.split(' '),
);

export const PRIMITIVE_TYPES: ReadonlySet<string> = new Set(
  'boolean byte char double float int long short void'.split(' '),
);

/** Whether a word reads as a type where a command call would read it as an argument. */
export function looksLikeType(name: string): boolean {
  return /^[A-Z]/.test(name) || PRIMITIVE_TYPES.has(name);
}
