import {
  isJsonArray,
  isJsonObject,
  valueAt,
  type JsonObject,
  type KubeJson,
} from '@amamba/backstage-plugin-amamba-common';
import type { FieldBase, FieldSpec } from './types';

/** Deeper parts of a schema are edited in the text; one that refers to itself has no end. */
const MAX_DEPTH = 6;

/** Words that fields from a schema need. */
export interface SchemaWords {
  /** "Add to hosts" */
  add: (name: string) => string;
  /** what holds when nothing is said */
  unset: string;
}

function textIn(schema: JsonObject, key: string): string | undefined {
  const text = schema[key];
  return typeof text === 'string' ? text : undefined;
}

/** A schema with what it refers to in its own document; what lies elsewhere is not fetched. */
function resolved(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = textIn(schema, '$ref');
  if (!reference?.startsWith('#/')) return schema;
  const path = reference
    .slice(2)
    .split('/')
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  const target = valueAt(root, path);
  return isJsonObject(target) ? { ...target, ...schema } : schema;
}

function typeOf(schema: JsonObject): string | undefined {
  const { type } = schema;
  if (isJsonArray(type)) {
    const [first] = type.filter(one => one !== 'null');
    return typeof first === 'string' ? first : undefined;
  }
  if (typeof type === 'string') return type;
  return isJsonObject(schema.properties) ? 'object' : undefined;
}

function blankOf(schema: JsonObject): KubeJson {
  if (schema.default !== undefined) return schema.default;
  switch (typeOf(schema)) {
    case 'object':
      return {};
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 0;
    default:
      return '';
  }
}

function itemTitle(item: KubeJson, index: number): string {
  const name = valueAt(item, ['name']);
  return typeof name === 'string' && name !== '' ? name : String(index + 1);
}

function fieldOf(
  schema: JsonObject,
  base: FieldBase,
  context: { root: JsonObject; words: SchemaWords; depth: number },
): FieldSpec[] {
  const { root, words, depth } = context;
  if (depth > MAX_DEPTH) return [];
  const deeper = { ...context, depth: depth + 1 };
  if (isJsonArray(schema.enum)) {
    const options = schema.enum.flatMap(value =>
      typeof value === 'string' || typeof value === 'number'
        ? { value, label: String(value) }
        : [],
    );
    return [{ ...base, type: 'choice', options, unset: words.unset }];
  }
  switch (typeOf(schema)) {
    case 'string':
      return [{ ...base, type: 'text', keepsEmpty: true }];
    case 'number':
    case 'integer':
      return [{ ...base, type: 'number' }];
    case 'boolean':
      return [{ ...base, type: 'boolean' }];
    case 'array': {
      const items = isJsonObject(schema.items)
        ? resolved(schema.items, root)
        : {};
      if (typeOf(items) === 'string') return [{ ...base, type: 'texts' }];
      if (!isJsonObject(items.properties)) return [];
      return [
        {
          ...base,
          type: 'list',
          fields: fieldsIn(items, deeper),
          blank: blankOf(items),
          add: words.add(base.label),
          title: itemTitle,
        },
      ];
    }
    case 'object': {
      if (isJsonObject(schema.properties)) {
        const fields = fieldsIn(schema, deeper);
        return fields.length > 0 ? [{ ...base, type: 'group', fields }] : [];
      }
      const more = schema.additionalProperties;
      return isJsonObject(more) && typeOf(more) === 'string'
        ? [{ ...base, type: 'map' }]
        : [];
    }
    default:
      return [];
  }
}

function fieldsIn(
  schema: JsonObject,
  context: { root: JsonObject; words: SchemaWords; depth: number },
): FieldSpec[] {
  const { properties, required } = schema;
  if (!isJsonObject(properties)) return [];
  const needed = isJsonArray(required) ? required : [];
  return Object.entries(properties).flatMap(([key, value]) => {
    if (!isJsonObject(value)) return [];
    const own = resolved(value, context.root);
    const base: FieldBase = {
      path: [key],
      label: textIn(own, 'title') ?? key,
      help: textIn(own, 'description'),
      required: needed.includes(key) || undefined,
    };
    return fieldOf(own, base, context);
  });
}

/** Fields for what a JSON schema describes; what it can't say in fields is left to the text. */
export function fieldsOfSchema(
  schema: JsonObject,
  words: SchemaWords,
): FieldSpec[] {
  return fieldsIn(resolved(schema, schema), { root: schema, words, depth: 0 });
}

/** The schema that a value fits, for those that come without one. */
export function schemaOfValue(value: KubeJson): JsonObject {
  if (isJsonArray(value)) {
    const texts =
      value.length > 0 && value.every(item => typeof item === 'string');
    return texts ? { type: 'array', items: { type: 'string' } } : {};
  }
  if (isJsonObject(value)) {
    const properties = Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, schemaOfValue(item)]),
    );
    return { type: 'object', properties };
  }
  return value === null ? {} : { type: typeof value };
}
