import { isKubeName, kubeNameRules } from '../names';
import type { WordParams } from '../words';
import { manifestFindings, type FindingLevel } from './findings';
import { manifestKindVerdict } from './kinds';
import type { ManifestCode } from './messages';
import {
  isJsonObject,
  pathText,
  stepsIn,
  type JsonObject,
  type PathStep,
} from './paths';
import { readYaml, type YamlDocument } from './yamlDocuments';

/** What a user's manifests are checked against. */
export interface ManifestRules {
  /** where they go; a manifest that names no namespace goes there too */
  readonly namespace: string;
  /** how many documents there may be; 1 for an editor of one object */
  readonly maxDocuments?: number;
  /** the object that is being edited: nothing else may stand in the text */
  readonly object?: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
  };
  /** level of PodSecurity that the namespace enforces; what it forbids is a problem, what it allows a warning */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted';
  /** further kinds by group that may be written */
  readonly moreKinds?: Readonly<Record<string, readonly string[]>>;
}

/** Something wrong in a user's text, and where. */
export interface ManifestIssue {
  readonly code: ManifestCode;
  readonly params: WordParams;
  /** 1-based, in the whole text */
  readonly line: number;
  readonly column: number;
  /** `spec.template.spec.hostNetwork` */
  readonly path?: string;
  /** `Deployment/web` */
  readonly object?: string;
  /** `forbidden`: it is well-formed, and not allowed here; `warning`: it can be sent */
  readonly kind: 'invalid' | 'forbidden' | 'warning';
}

/** A document that can be sent as it stands. */
export interface ManifestDocument {
  /** the user's own text, comments included: what is sent as server-side apply */
  readonly text: string;
  readonly manifest: JsonObject;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** 1-based line in the whole text of a field as an API server names it, or of what is around it */
  readonly lineOf: (path: string) => number;
}

/** What is left of a text after the checks. `documents` is empty unless `ok`. */
export interface ManifestCheckResult {
  readonly ok: boolean;
  readonly documents: readonly ManifestDocument[];
  readonly issues: readonly ManifestIssue[];
}

type Report = (
  kind: ManifestIssue['kind'],
  code: ManifestCode,
  path: readonly PathStep[],
  params?: WordParams,
) => void;

/** Metadata that is taken without an effect, or refused later; managedFields are refused at once. */
const IGNORED = ['uid', 'creationTimestamp', 'generation', 'selfLink'];

function checkLabels(
  metadata: JsonObject,
  key: 'labels' | 'annotations',
  report: Report,
): void {
  const all = metadata[key];
  if (!isJsonObject(all)) return;
  for (const [name, value] of Object.entries(all)) {
    const path = ['metadata', key, name];
    const kind = key === 'labels' ? 'labelKey' : 'annotationKey';
    if (!isKubeName(kind, name)) {
      const rule = kubeNameRules[kind];
      report('invalid', 'labelKey', path, { key: name, rule });
    }
    if (typeof value !== 'string') {
      report('invalid', 'notText', path, { key: name });
    } else if (key === 'labels' && !isKubeName('labelValue', value)) {
      const rule = kubeNameRules.labelValue;
      report('invalid', 'labelValue', path, { key: name, rule });
    }
  }
}

function checkMetadata(
  metadata: JsonObject,
  { namespace }: ManifestRules,
  report: Report,
): void {
  const { name } = metadata;
  if (typeof name !== 'string' || name === '') {
    report('invalid', 'noName', ['metadata', 'name']);
  } else if (!isKubeName('subdomain', name)) {
    const rule = kubeNameRules.subdomain;
    report('invalid', 'name', ['metadata', 'name'], { rule });
  }
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    const path = ['metadata', 'namespace'];
    report('forbidden', 'foreignNamespace', path, { namespace });
  }
  if (metadata.managedFields !== undefined) {
    report('invalid', 'managedFields', ['metadata', 'managedFields']);
  }
  for (const field of IGNORED) {
    if (metadata[field] !== undefined && metadata[field] !== null) {
      const params = { field: `metadata.${field}` };
      report('warning', 'serverField', ['metadata', field], params);
    }
  }
  checkLabels(metadata, 'labels', report);
  checkLabels(metadata, 'annotations', report);
}

/** Which PodSecurity levels a level forbids the findings of. */
const FORBIDS: Readonly<Record<string, readonly FindingLevel[]>> = {
  privileged: ['always'],
  baseline: ['always', 'baseline'],
  restricted: ['always', 'baseline', 'restricted'],
};

function checkObject(
  manifest: JsonObject,
  rules: ManifestRules,
  report: Report,
): void {
  const { apiVersion, kind, metadata } = manifest;
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    report('invalid', 'noApiVersion', ['apiVersion']);
    return;
  }
  if (typeof kind !== 'string' || kind === '') {
    report('invalid', 'noKind', ['kind']);
    return;
  }
  if (kind.endsWith('List') && manifest.items !== undefined) {
    report('invalid', 'list', ['kind']);
    return;
  }
  const verdict = manifestKindVerdict(apiVersion, kind, rules.moreKinds);
  if (verdict !== 'allowed') {
    const group = apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`;
    report('forbidden', verdict, ['kind'], { kind, group });
  }
  if (!isJsonObject(metadata)) {
    report('invalid', 'noName', ['metadata']);
    return;
  }
  checkMetadata(metadata, rules, report);
  const { object } = rules;
  if (
    object &&
    (object.kind !== kind ||
      object.apiVersion !== apiVersion ||
      object.name !== metadata.name)
  ) {
    const params = { kind: object.kind, name: object.name };
    report('forbidden', 'otherKind', ['kind'], params);
  }
  if (manifest.status !== undefined) {
    report('warning', 'serverField', ['status'], { field: 'status' });
  }
  const level = rules.podSecurity ?? 'baseline';
  for (const finding of manifestFindings(manifest)) {
    const forbidden = FORBIDS[level].includes(finding.level);
    // Everything but a hardened pod would be warned of what only the strictest level asks for.
    if (forbidden || finding.level !== 'restricted') {
      report(
        forbidden ? 'forbidden' : 'warning',
        finding.code,
        finding.path,
        finding.params,
      );
    }
  }
}

function objectName({ kind, metadata }: JsonObject): string | undefined {
  const name = isJsonObject(metadata) ? metadata.name : undefined;
  return typeof kind === 'string' && typeof name === 'string'
    ? `${kind}/${name}`
    : undefined;
}

function checkDocument(
  document: YamlDocument,
  rules: ManifestRules,
  issues: ManifestIssue[],
): ManifestDocument | undefined {
  const { value, problems, placeOf, text } = document;
  if (problems.length > 0) {
    issues.push(
      ...problems.map(problem => ({ ...problem, kind: 'invalid' as const })),
    );
    return undefined;
  }
  if (!isJsonObject(value)) {
    const place = placeOf([]);
    issues.push({ code: 'notMap', params: {}, kind: 'invalid', ...place });
    return undefined;
  }
  const object = objectName(value);
  checkObject(value, rules, (kind, code, path, params = {}) => {
    const place = placeOf(path);
    issues.push({ kind, code, params, path: pathText(path), object, ...place });
  });
  const { apiVersion, kind, metadata } = value;
  const name = isJsonObject(metadata) ? metadata.name : undefined;
  return {
    text,
    manifest: value,
    apiVersion: String(apiVersion),
    kind: String(kind),
    name: String(name),
    namespace: rules.namespace,
    lineOf: path => placeOf(stepsIn(value, path)).line,
  };
}

/**
 * Checks what a user wrote, before anything is sent: readable as the API server reads it, in its namespace, of kinds that may be written,
 * and without what the namespace forbids. Each issue says where it stands.
 */
export function checkManifests(
  text: string,
  rules: ManifestRules,
): ManifestCheckResult {
  const reading = readYaml(text);
  if ('problem' in reading) {
    const issue = { ...reading.problem, kind: 'invalid' as const };
    return { ok: false, documents: [], issues: [issue] };
  }
  const issues: ManifestIssue[] = [];
  const present = reading.documents.filter(
    ({ value, problems }) => problems.length > 0 || (value ?? null) !== null,
  );
  const top = { line: 1, column: 1, kind: 'invalid' as const };
  if (present.length === 0) {
    issues.push({ code: 'empty', params: {}, ...top });
  }
  const max = rules.maxDocuments ?? (rules.object ? 1 : 100);
  if (present.length > max) {
    const params = { count: present.length, max };
    const place = present[max].placeOf([]);
    issues.push({ ...top, code: 'documents', params, ...place });
  }
  const seen = new Set<string>();
  const documents = present.slice(0, max).flatMap(document => {
    const made = checkDocument(document, rules, issues);
    if (!made) return [];
    const key = [made.apiVersion.split('/')[0], made.kind, made.name].join(' ');
    const object = `${made.kind}/${made.name}`;
    if (seen.has(key)) {
      const place = document.placeOf(['metadata', 'name']);
      issues.push({
        ...top,
        code: 'twice',
        params: { object },
        object,
        ...place,
      });
    }
    seen.add(key);
    return [made];
  });
  const ok = issues.every(({ kind }) => kind === 'warning');
  return { ok, documents: ok ? documents : [], issues };
}
