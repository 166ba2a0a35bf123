/**
 * A lookup table for names that a script chooses: unlike an object literal it has no `constructor` or `__proto__`.
 */
export function table<T>(
  entries: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), entries);
}
