/** A JSON value of a Kubernetes object. */
export type KubeJson =
  | string
  | number
  | boolean
  | null
  | readonly KubeJson[]
  | { readonly [key: string]: KubeJson };

/** What the placeholders of a sentence stand for. */
export type WordParams = Readonly<Record<string, string | number>>;

/**
 * Puts parameters into a sentence, once: what looks like a placeholder in a parameter stays.
 * @param template - with `{{name}}` for a parameter, as i18next writes it
 */
export function fillWords(template: string, params: WordParams): string {
  const text = template.replace(/\{\{(\w+)\}\}/g, (_match, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : '?',
  );
  // Messages of Kubernetes come with and without a full stop of their own.
  return text.replace(/\.\.$/, '.').replace(/[.。]。$/, '。');
}

/**
 * A part of a Kubernetes object as JSON. The types here name only the fields that are read; at run time an object has all of them, and all go
 * along.
 */
export function toJson(value: unknown): KubeJson {
  return JSON.parse(JSON.stringify(value ?? null));
}
