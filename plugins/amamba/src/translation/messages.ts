/** Messages as they are written down: nested by section. */
export interface NestedMessages {
  readonly [key: string]: string | NestedMessages;
}

/** Every full key, `section.part.key`, of nested messages. */
export type MessageKey<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${MessageKey<T[K]>}`;
}[keyof T & string];

/**
 * The shape of a translation of `T` into a language that has one plural form only: every key but those ending in
 * `_one`.
 */
export type Translated<T> = {
  readonly [
    K in keyof T as K extends `${string}_one` ? never : K
  ]: T[K] extends string ? string : Translated<T[K]>;
};

/** Messages by their full key, as the framework stores them. */
export function flatten<T extends NestedMessages>(
  messages: T,
): Record<MessageKey<T>, string> {
  return Object.fromEntries(entries(messages)) as Record<MessageKey<T>, string>;
}

function* entries(
  messages: NestedMessages,
  prefix = '',
): Generator<[string, string]> {
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') yield [prefix + key, value];
    else yield* entries(value, `${prefix}${key}.`);
  }
}
