import { raise } from './errors';
import { Decimal, GroovyMap, toText, Value } from './values';

function fromJson(value: unknown): Value {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? value : Decimal.parse(String(value));
  }
  if (Array.isArray(value)) {
    return value.map(fromJson);
  }
  const map: GroovyMap = new Map();
  for (const [key, item] of Object.entries(value as object)) {
    map.set(key, fromJson(item));
  }
  return map;
}

/** @throws a `JsonException` of the script. */
export function parseJson(text: string): Value {
  try {
    return fromJson(JSON.parse(text));
  } catch (error) {
    return raise(
      'groovy.json.JsonException',
      error instanceof Error ? error.message : String(error),
    );
  }
}

function toJson(value: Value): unknown {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  if (value instanceof Map) {
    return Object.fromEntries(
      [...value].map(([k, v]) => [toText(k), toJson(v)]),
    );
  }
  return value instanceof Decimal ? value.value : value.toText();
}

/** A value as JSON; `indent` as in JSON.stringify. */
export function writeJson(value: Value, indent?: number): string {
  return JSON.stringify(toJson(value), null, indent);
}
