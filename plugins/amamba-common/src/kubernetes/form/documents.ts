import {
  isJsonArray,
  isJsonObject,
  readYaml,
  reviseYaml,
  toYaml,
  type JsonObject,
  type PathStep,
} from '../manifests';
import type { KubeJson } from '../words';
import {
  formWorkloadKinds,
  type ApplicationStart,
  type FormWorkloadKind,
} from './start';

/** One object of the text that a form shows. */
export interface FormDocument {
  /** place in the text, for edits */
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  readonly value: JsonObject;
}

/** What a form shows of a text; undefined when the text can't be read, and so can't be edited by fields. */
export function readForm(text: string): FormDocument[] | undefined {
  const reading = readYaml(text);
  if ('problem' in reading) return undefined;
  const documents: FormDocument[] = [];
  for (const [index, { value, problems }] of reading.documents.entries()) {
    if (problems.length > 0) return undefined;
    if (!isJsonObject(value)) continue;
    const { kind, metadata } = value;
    const name = isJsonObject(metadata) ? metadata.name : undefined;
    documents.push({
      index,
      kind: typeof kind === 'string' ? kind : '',
      name: typeof name === 'string' ? name : '',
      value,
    });
  }
  return documents;
}

/** Whether a kind is one whose containers a form shows. */
export function isFormWorkload(kind: string): kind is FormWorkloadKind {
  return formWorkloadKinds.some(known => known === kind);
}

/** What stands at a path; undefined when nothing does. */
export function valueAt(
  value: KubeJson | undefined,
  path: readonly PathStep[],
): KubeJson | undefined {
  return path.reduce<KubeJson | undefined>((at, step) => {
    if (isJsonArray(at)) return typeof step === 'number' ? at[step] : undefined;
    return isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, value);
}

function isEmpty(value: KubeJson | undefined): boolean {
  if (value === undefined) return true;
  if (isJsonArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/**
 * A copy with another value at a path. Taking a value away takes away the maps and lists that it leaves empty, but never the item of a list.
 * @param to - undefined takes it away
 */
export function withValueAt(
  value: KubeJson | undefined,
  path: readonly PathStep[],
  to: KubeJson | undefined,
): KubeJson | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  if (typeof step === 'number') {
    const list = isJsonArray(value) ? [...value] : [];
    const inner = withValueAt(list[step], rest, to);
    if (inner === undefined && rest.length === 0) list.splice(step, 1);
    else list[step] = inner ?? {};
    return list.length === 0 ? undefined : list;
  }
  const map = isJsonObject(value) ? value : {};
  const inner = withValueAt(map[step], rest, to);
  // what a person sets to nothing on purpose (`emptyDir: {}`) is there
  if (inner === undefined || (to === undefined && isEmpty(inner))) {
    const { [step]: _gone, ...others } = map;
    return isEmpty(others) && path.length > 1 ? undefined : others;
  }
  return { ...map, [step]: inner };
}

/** Changes one value of one document of a text; the text as it is when it can't be read. */
export function editForm(
  text: string,
  index: number,
  path: readonly PathStep[],
  to: KubeJson | undefined,
): string {
  const document = readForm(text)?.find(one => one.index === index);
  if (!document) return text;
  const value = withValueAt(document.value, path, to);
  return reviseYaml(text, index, value ?? {}) ?? text;
}

/** Adds an object as a document of its own. */
export function addDocument(text: string, object: JsonObject): string {
  const before = text.trim() === '' ? '' : `${text.trimEnd()}\n---\n`;
  return before + toYaml(object);
}

/** Takes a document out of a text, with the comments before it. */
export function removeDocument(text: string, index: number): string {
  const reading = readYaml(text);
  if ('problem' in reading) return text;
  const parts = reading.documents.map(document => document.text);
  parts.splice(index, 1);
  return parts.join('').replace(/^---[ \t]*\n/, '');
}

/** Labels whose value is the name of an application. */
const NAME_LABELS: ReadonlySet<PathStep> = new Set([
  'app',
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/part-of',
]);

/** Objects that are named after their application; others have names that somebody refers to. */
const NAMED_AFTER: ReadonlySet<string> = new Set([
  ...formWorkloadKinds,
  'Application',
  'Service',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
]);

/** Whether the name of an application can stand at a place: not the name of a port or a variable that happens to be the same. */
function isNamePlace(path: readonly PathStep[]): boolean {
  const [grand, parent, last] = [undefined, undefined, ...path].slice(-3);
  if (last === undefined) return false;
  if (last === 'serviceName' || NAME_LABELS.has(last)) return true;
  if (last !== 'name') return false;
  return (
    parent === 'metadata' ||
    parent === 'service' ||
    parent === 'scaleTargetRef' ||
    (parent === 0 && grand === 'containers')
  );
}

function renamed(
  value: KubeJson,
  from: string,
  to: string,
  path: readonly PathStep[] = [],
): KubeJson {
  if (value === from) return isNamePlace(path) ? to : value;
  if (isJsonArray(value)) {
    return value.map((item, index) =>
      renamed(item, from, to, [...path, index]),
    );
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      renamed(item, from, to, [...path, key]),
    ]),
  );
}

/** Gives an application another name, wherever its old one stands as its name: objects, labels, selectors, the first container. */
export function renameApplication(
  text: string,
  from: string,
  to: string,
): string {
  const documents = readForm(text);
  if (!documents || from === '') return text;
  return documents
    .filter(({ kind }) => NAMED_AFTER.has(kind))
    .reduce(
      (made, { index, value }) =>
        reviseYaml(made, index, renamed(value, from, to)) ?? made,
      text,
    );
}

/** Fields of a spec that only one kind has. */
const ONLY: Readonly<Record<FormWorkloadKind, readonly string[]>> = {
  Deployment: ['strategy', 'progressDeadlineSeconds', 'paused', 'replicas'],
  StatefulSet: [
    'updateStrategy',
    'serviceName',
    'podManagementPolicy',
    'volumeClaimTemplates',
    'persistentVolumeClaimRetentionPolicy',
    'ordinals',
    'replicas',
  ],
  DaemonSet: ['updateStrategy'],
};

/** Makes a workload one of another kind: fields that the new kind does not know go. */
export function switchKind(
  text: string,
  index: number,
  kind: FormWorkloadKind,
): string {
  const documents = readForm(text) ?? [];
  const document = documents.find(one => one.index === index);
  const spec = document?.value.spec;
  if (!document || !isJsonObject(spec) || !isFormWorkload(document.kind)) {
    return text;
  }
  const gone = ONLY[document.kind].filter(
    key => !ONLY[kind].includes(key) || key === 'updateStrategy',
  );
  const kept = Object.entries(spec).filter(([key]) => !gone.includes(key));
  const made: JsonObject = {
    ...document.value,
    kind,
    spec: {
      ...Object.fromEntries(kept),
      ...(kind !== 'DaemonSet' && { replicas: spec.replicas ?? 1 }),
      ...(kind === 'StatefulSet' && { serviceName: document.name }),
    },
  };
  const switched = reviseYaml(text, index, made) ?? text;
  return documents.reduce((result, { index: at, value }) => {
    if (value.kind !== 'Application') return result;
    const kinds = valueAt(value, ['spec', 'componentKinds']);
    if (!isJsonArray(kinds)) return result;
    const after = kinds.map(one =>
      isJsonObject(one) && one.kind === document.kind ? { ...one, kind } : one,
    );
    return editForm(result, at, ['spec', 'componentKinds'], after);
  }, switched);
}

/** What an application began as, as far as its manifests still say; the name of its parts for what is added later. */
export function applicationPorts(
  workload: JsonObject,
): ApplicationStart['ports'] {
  const containers = valueAt(workload, [
    'spec',
    'template',
    'spec',
    'containers',
  ]);
  if (!isJsonArray(containers)) return [];
  return containers.flatMap(container => {
    const ports = valueAt(container, ['ports']);
    if (!isJsonArray(ports)) return [];
    return ports.flatMap(port => {
      const number = valueAt(port, ['containerPort']);
      if (typeof number !== 'number') return [];
      const name = valueAt(port, ['name']);
      const protocol = valueAt(port, ['protocol']);
      return {
        name: typeof name === 'string' ? name : `p-${number}`,
        port: number,
        protocol:
          protocol === 'UDP' || protocol === 'SCTP'
            ? protocol
            : ('TCP' as const),
      };
    });
  });
}
