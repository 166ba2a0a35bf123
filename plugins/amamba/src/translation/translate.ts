import type { MessageKey } from './messages';

/** A key as it is asked for: without the suffix of a plural form. */
type Asked<K extends string> = K extends `${infer Base}_${'one' | 'other'}`
  ? Base
  : K;

/** The text at a key of nested messages. */
type TextAt<T, K extends string> = K extends keyof T
  ? T[K]
  : K extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? TextAt<T[Head], Rest>
      : never
    : never;

/** The texts that a key may give: one, or that of each plural form. */
type TextsOf<T, K extends string> =
  TextAt<T, K> | TextAt<T, `${K}_one`> | TextAt<T, `${K}_other`>;

/** The names in `{{name}}` of a text. */
type Placeholder<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** What a key wants to be told: each placeholder, and the number that its plural form depends on. */
type Values<T, K extends string> = {
  [Name in Placeholder<TextsOf<T, K>>]: string | number;
} & ([TextAt<T, `${K}_other`>] extends [never] ? unknown : { count: number });

/**
 * A function that gives words by key, checked against nested messages. It is the framework's `TranslationFunction` for plain texts: without
 * nested messages and elements, and with a cost that does not grow with the square of the messages.
 */
export type TranslateOf<T> = <K extends Asked<MessageKey<T>>>(
  key: K,
  ...values: keyof Values<T, K> extends never ? [] : [Values<T, K>]
) => string;
