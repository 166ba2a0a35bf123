import { Entry, Value } from './values';

/** What a `for (x in …)` or a spread goes over. */
export function iterate(value: Value): Value[] {
  if (value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return [...value];
  }
  if (typeof value === 'string') {
    return [...value];
  }
  if (value instanceof Map) {
    return [...value].map(([key, v]) => new Entry(key, v));
  }
  return [value];
}
