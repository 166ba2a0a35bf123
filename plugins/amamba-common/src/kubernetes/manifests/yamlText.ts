import type { KubeJson } from '../words';

/** What any YAML reader, of version 1.1 or 1.2, takes for this very text. */
const PLAIN = /^[A-Za-z_/][A-Za-z0-9_./-]*(?:[ :@=+][A-Za-z0-9_./-]+)*$/;

/** Words that one of the versions reads as something else than text. */
const RESERVED =
  /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|[-+.]?(?:inf|nan)|e[0-9]+)$/i;

/** Characters that YAML wants escaped although JSON does not. */
const UNPRINTABLE =
  /[\u007f-\u009f\u00ad\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]/;

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    new RegExp(UNPRINTABLE, 'g'),
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return PLAIN.test(value) && !RESERVED.test(value) ? value : quoted(value);
}

/** Whether a text can stand as a block, line by line, and is read back as it is. */
function isBlock(text: string): boolean {
  return (
    text.includes('\n') &&
    !/[^\n\t\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd]/.test(text) &&
    !UNPRINTABLE.test(text) &&
    !/^[\s]/.test(text) &&
    !/[ \t]\n/.test(text) &&
    !/[ \t]$/.test(text) &&
    !text.endsWith('\n\n')
  );
}

function block(text: string, indent: string): string {
  const [mark, body] = text.endsWith('\n')
    ? ['|', text.slice(0, -1)]
    : ['|-', text];
  const lines = body.split('\n').map(line => (line ? indent + line : ''));
  return `${mark}\n${lines.join('\n')}`;
}

function isList(value: KubeJson | undefined): value is readonly KubeJson[] {
  return Array.isArray(value);
}

/** What comes after a key, after the dash of a list, or at the beginning. */
type Place = 'key' | 'item' | 'root';

/** The text of a value with what separates it from what is before: a blank, or a line break and the indent. */
function written(value: KubeJson, indent: string, place: Place): string {
  const after = place === 'root' ? '' : ' ';
  if (isList(value)) {
    if (value.length === 0) return `${after}[]`;
    return value
      .map(item => `\n${indent}-${written(item, `${indent}  `, 'item')}`)
      .join('');
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(
      ([, item]) => item !== undefined,
    );
    if (entries.length === 0) return `${after}{}`;
    const lines = entries.map(
      ([key, item]) =>
        `${scalar(key)}:${written(item, isList(item) ? indent : `${indent}  `, 'key')}`,
    );
    // In a list the first key stands beside the dash.
    const first = place === 'item' ? ' ' : `\n${indent}`;
    return first + lines.join(`\n${indent}`);
  }
  return typeof value === 'string' && isBlock(value)
    ? after + block(value, indent)
    : after + scalar(value);
}

/**
 * Writes a value as YAML that every reader takes for the same, the API server's (1.1) included: what could be read as something else is
 * quoted, so that no value becomes a key, another type or another document.
 */
export function toYaml(value: KubeJson): string {
  if (typeof value === 'object' && value !== null) {
    return `${written(value, '', 'root').replace(/^\n/, '')}\n`;
  }
  return `${scalar(value)}\n`;
}

/** Several documents in one text. */
export function toYamlDocuments(values: readonly KubeJson[]): string {
  return values.map(toYaml).join('---\n');
}
