const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function mix(hash: number, part: number): number {
  return Math.imul(hash ^ part, FNV_PRIME);
}

function mixText(hash: number, text: string): number {
  let result = mix(hash, text.length);
  for (let at = 0; at < text.length; at++) {
    result = mix(result, text.charCodeAt(at));
  }
  return result;
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function mixValue(hash: number, value: unknown): number {
  if (typeof value === 'string') return mixText(mix(hash, 1), value);
  if (!isFields(value)) return mixText(mix(hash, 2), String(value));
  let result = mix(hash, 3);
  if (Array.isArray(value)) {
    for (const part of value) result = mixValue(result, part);
    return mix(result, 4);
  }
  for (const key of Object.keys(value)) {
    result = mixValue(mixText(result, key), value[key]);
  }
  return mix(result, 5);
}

/** The same for equal JSON values, 32 bits; the order of keys counts. */
export function hashOf(value: unknown): number {
  return mixValue(FNV_OFFSET, value) | 0;
}

/** Whether two JSON values are equal; the order of keys counts. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isFields(a) || !isFields(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.keys(a);
  const right = Object.keys(b);
  return (
    left.length === right.length &&
    left.every((key, at) => key === right[at] && sameValue(a[key], b[key]))
  );
}

/** Characters that a JSON value has as text; escapes are not counted. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (!isFields(value)) return String(value).length;
  let size = 2;
  const isList = Array.isArray(value);
  for (const key of Object.keys(value)) {
    size += sizeOf(value[key]) + (isList ? 1 : key.length + 4);
  }
  return size;
}

/** Makes a JSON value and all its parts unchangeable. */
export function freeze<T>(value: T): T {
  if (isFields(value) && !Object.isFrozen(value)) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
