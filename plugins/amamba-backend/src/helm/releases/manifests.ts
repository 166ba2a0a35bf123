import {
  diffManifests,
  isJsonObject,
  maskSecret,
  readYaml,
  toYaml,
  type JsonObject,
  type ObjectDiff,
} from '@amamba/backstage-plugin-amamba-common';

/** One object of a rendered chart. */
export interface RenderedObject {
  /** `Deployment/web` */
  title: string;
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  object: JsonObject;
}

/** Objects out of a rendered text, and what in it is none. */
export interface Rendered {
  objects: RenderedObject[];
  problems: string[];
}

const SEPARATOR = /^---(?=\s|$)/m;
const COMMENTS_ONLY = /^(?:\s*(?:#.*)?\n)*\s*(?:#.*)?$/;
const SECRET_KIND = /^\s*["']?kind["']?\s*:\s*["']?Secret\b/m;

/** Documents of a manifest, those without content left out. */
function documentsOf(manifest: string): string[] {
  return manifest
    .split(SEPARATOR)
    .filter(document => !COMMENTS_ONLY.test(document));
}

function objectOf(value: unknown): RenderedObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (!isJsonObject(metadata)) return undefined;
  const { name, namespace } = metadata;
  if (
    typeof apiVersion !== 'string' ||
    typeof kind !== 'string' ||
    typeof name !== 'string'
  ) {
    return undefined;
  }
  return {
    ...{ title: `${kind}/${name}`, apiVersion, kind, name, object: value },
    namespace: typeof namespace === 'string' ? namespace : undefined,
  };
}

/** Reads what a chart was rendered to. */
export function renderedObjects(manifest: string): Rendered {
  const objects: RenderedObject[] = [];
  const problems: string[] = [];
  for (const document of documentsOf(manifest)) {
    const source = /^# Source: (.*)$/m.exec(document)?.[1] ?? 'the chart';
    const reading = readYaml(document);
    const values =
      'documents' in reading
        ? reading.documents.map(({ value }) => value)
        : [undefined];
    for (const value of values) {
      const object = objectOf(value);
      if (object) objects.push(object);
      else if (value !== null) {
        problems.push(`${source} renders something that is no object`);
      }
    }
  }
  return { objects, problems };
}

/** A manifest with the values of its Secrets masked; the rest stays as it was rendered. */
export function maskedManifest(manifest: string): string {
  return documentsOf(manifest)
    .map(document => {
      if (!SECRET_KIND.test(document)) return `---${document}`;
      const source = /^# Source: .*$/m.exec(document)?.[0];
      const reading = readYaml(document);
      const value =
        'documents' in reading ? reading.documents[0]?.value : undefined;
      const body = isJsonObject(value)
        ? toYaml(maskSecret(value))
        : '# A Secret that cannot be read is not shown.\n';
      return `---\n${source ? `${source}\n` : ''}${body}`;
    })
    .join('');
}

/** An object with the marks that Helm puts on all that belongs to a release when it writes it; hooks get none. */
export function marked(
  object: JsonObject,
  release: { name: string; namespace: string },
): JsonObject {
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const map = (value: unknown) => (isJsonObject(value) ? value : {});
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: {
        ...map(metadata.labels),
        'app.kubernetes.io/managed-by': 'Helm',
      },
      annotations: {
        ...map(metadata.annotations),
        'meta.helm.sh/release-name': release.name,
        'meta.helm.sh/release-namespace': release.namespace,
      },
    },
  };
}

const keyOf = ({ apiVersion, kind, name, namespace }: RenderedObject) =>
  JSON.stringify([apiVersion, kind, namespace ?? '', name]);

/** What differs between two rendered charts, object by object; those that are alike are left out. */
export function diffRendered(
  before: readonly RenderedObject[],
  after: readonly RenderedObject[],
): ObjectDiff[] {
  const old = new Map(before.map(object => [keyOf(object), object]));
  const young = new Map(after.map(object => [keyOf(object), object]));
  return [...new Set([...old.keys(), ...young.keys()])].flatMap(key => {
    const [a, b] = [old.get(key), young.get(key)];
    const { change, hunks } = diffManifests(a?.object, b?.object);
    const title = (b ?? a)?.title ?? '';
    return change === 'none'
      ? []
      : [{ object: title, change, hunks: [...hunks], warnings: [] }];
  });
}

/** Objects of the one that the other does not have; those that Helm is told to keep are left out. */
export function goneFrom(
  before: readonly RenderedObject[],
  after: readonly RenderedObject[],
): RenderedObject[] {
  const known = new Set(after.map(keyOf));
  return before.filter(
    object => !known.has(keyOf(object)) && !isKept(object.object),
  );
}

function isKept({ metadata }: JsonObject): boolean {
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  return (
    isJsonObject(annotations) &&
    annotations['helm.sh/resource-policy'] === 'keep'
  );
}
