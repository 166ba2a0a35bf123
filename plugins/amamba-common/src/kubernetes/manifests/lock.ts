import { isMap } from 'yaml';
import { equalJson } from './diff';
import { isJsonObject } from './paths';
import { readYaml } from './yamlDocuments';

/**
 * A manifest's text that is refused when the object changed since: with `metadata.resourceVersion`, and byte for byte the same
 * otherwise. A version that stands in the text already stays.
 * @param text - one document that was checked
 */
export function withResourceVersion(
  text: string,
  resourceVersion: string,
): string {
  const reading = readYaml(text);
  const [document] = 'documents' in reading ? reading.documents : [];
  const value = document?.value;
  const node: unknown = document?.source.get('metadata', true);
  if (!isJsonObject(value) || !isJsonObject(value.metadata) || !isMap(node)) {
    throw new Error('This is no manifest');
  }
  if (value.metadata.resourceVersion !== undefined) return text;
  const wanted = {
    ...value,
    metadata: { ...value.metadata, resourceVersion },
  };
  const at = node.range?.[0] ?? 0;
  const entry = `resourceVersion: ${JSON.stringify(resourceVersion)}`;
  const column = at - (text.lastIndexOf('\n', at - 1) + 1);
  const locked = node.flow
    ? `${text.slice(0, at + 1)}${entry}, ${text.slice(at + 1)}`
    : `${text.slice(0, at)}${entry}\n${' '.repeat(column)}${text.slice(at)}`;
  const again = readYaml(locked);
  const isRight =
    'documents' in again && equalJson(again.documents[0]?.value, wanted);
  // What stands in an anchor or behind a tag is no place for another line.
  return isRight ? locked : JSON.stringify(wanted);
}
