import {
  isJsonObject,
  pathText,
  type JsonObject,
  type PathStep,
} from '../manifests';
import { isKubeName, kubeNameRules } from '../names';
import { parseQuantity } from '../quantities';
import type { WordParams } from '../words';
import {
  checkName,
  checkRange,
  checkTwice,
  isPort,
  listAt,
  type Note,
} from './checks';
import { containerProblems } from './containerProblems';
import { isFormWorkload, valueAt, type FormDocument } from './documents';
import type { FormCode } from './messages';

/** Something wrong with a field, found before anything is sent. The API server has the last word. */
export interface FormProblem {
  /** `index` of the document */
  readonly document: number;
  /** `spec.template.spec.containers[0].image` */
  readonly path: string;
  readonly code: FormCode;
  readonly params: WordParams;
}

function checkLabels(note: Note, value: JsonObject, path: PathStep[]): void {
  const labels = valueAt(value, path);
  if (!isJsonObject(labels)) return;
  for (const [key, text] of Object.entries(labels)) {
    if (!isKubeName('labelKey', key)) {
      note([...path, key], 'name', { rule: kubeNameRules.labelKey });
    } else if (typeof text !== 'string' || !isKubeName('labelValue', text)) {
      note([...path, key], 'name', { rule: kubeNameRules.labelValue });
    }
  }
}

function checkVolumes(note: Note, value: JsonObject): void {
  const path = ['spec', 'template', 'spec', 'volumes'];
  const volumes = listAt(value, path);
  checkTwice(note, path, volumes, 'name');
  for (const [index, volume] of volumes.entries()) {
    const at = [...path, index];
    checkName(note, [...at, 'name'], valueAt(volume, ['name']), 'label');
    const sources = isJsonObject(volume)
      ? Object.keys(volume).filter(key => key !== 'name')
      : [];
    if (sources.length !== 1) note(at, 'oneSource');
    const needs = (...source: string[]) => {
      if (sources.includes(source[0]) && !valueAt(volume, source)) {
        note([...at, ...source], 'needed');
      }
    };
    needs('configMap', 'name');
    needs('secret', 'secretName');
    needs('persistentVolumeClaim', 'claimName');
    needs('hostPath', 'path');
    const size = valueAt(volume, ['emptyDir', 'sizeLimit']);
    if (
      size !== undefined &&
      ((typeof size !== 'string' && typeof size !== 'number') ||
        parseQuantity(size) === undefined)
    ) {
      note([...at, 'emptyDir', 'sizeLimit'], 'quantity');
    }
  }
}

function checkStrategy(note: Note, value: JsonObject): void {
  const path = ['spec', 'strategy', 'rollingUpdate'];
  const zero = (key: string) => {
    const amount = valueAt(value, [...path, key]);
    return amount === 0 || amount === '0' || amount === '0%';
  };
  if (zero('maxSurge') && zero('maxUnavailable')) {
    note([...path, 'maxUnavailable'], 'bothZero');
  }
}

function checkTolerations(note: Note, value: JsonObject): void {
  const path = ['spec', 'template', 'spec', 'tolerations'];
  for (const [index, toleration] of listAt(value, path).entries()) {
    if (
      valueAt(toleration, ['operator']) === 'Exists' &&
      valueAt(toleration, ['value'])
    ) {
      note([...path, index, 'value'], 'existsValue');
    }
  }
}

function checkWorkload(note: Note, value: JsonObject): void {
  const replicas = valueAt(value, ['spec', 'replicas']);
  checkRange(note, ['spec', 'replicas'], replicas, 0, 10_000);
  checkLabels(note, value, ['metadata', 'labels']);
  checkLabels(note, value, ['spec', 'template', 'metadata', 'labels']);
  const wanted = valueAt(value, ['spec', 'selector', 'matchLabels']);
  const labels = valueAt(value, ['spec', 'template', 'metadata', 'labels']);
  if (isJsonObject(wanted)) {
    const missing = Object.entries(wanted).some(
      ([key, text]) => valueAt(labels, [key]) !== text,
    );
    if (missing) note(['spec', 'template', 'metadata', 'labels'], 'selector');
  }
  const containers = ['spec', 'template', 'spec', 'containers'];
  if (listAt(value, containers).length === 0) note(containers, 'noContainers');
  for (const list of ['containers', 'initContainers']) {
    containerProblems(note, value, list);
  }
  checkVolumes(note, value);
  checkStrategy(note, value);
  checkTolerations(note, value);
}

function checkService(note: Note, value: JsonObject): void {
  const path = ['spec', 'ports'];
  const ports = listAt(value, path);
  if (
    ports.length === 0 &&
    valueAt(value, ['spec', 'type']) !== 'ExternalName'
  ) {
    note(path, 'noPorts');
  }
  checkTwice(note, path, ports, 'name');
  for (const [index, port] of ports.entries()) {
    const at = [...path, index];
    if (ports.length > 1 || valueAt(port, ['name']) !== undefined) {
      checkName(note, [...at, 'name'], valueAt(port, ['name']), 'label');
    }
    const number = valueAt(port, ['port']);
    if (number === undefined) note([...at, 'port'], 'needed');
    else checkRange(note, [...at, 'port'], number, 1, 65_535);
    const target = valueAt(port, ['targetPort']);
    if (target !== undefined && !isPort(target)) {
      note([...at, 'targetPort'], 'port');
    }
    const node = valueAt(port, ['nodePort']);
    checkRange(note, [...at, 'nodePort'], node, 1, 65_535);
  }
}

function checkIngress(
  note: Note,
  value: JsonObject,
  services: ReadonlySet<string>,
): void {
  for (const [index, rule] of listAt(value, ['spec', 'rules']).entries()) {
    const at = ['spec', 'rules', index];
    const host = valueAt(rule, ['host']);
    if (host !== undefined) checkName(note, [...at, 'host'], host, 'host');
    for (const [place, one] of listAt(rule, ['http', 'paths']).entries()) {
      const here = [...at, 'http', 'paths', place];
      const path = valueAt(one, ['path']);
      if (typeof path === 'string' && !path.startsWith('/')) {
        note([...here, 'path'], 'path');
      }
      const name = valueAt(one, ['backend', 'service', 'name']);
      if (typeof name === 'string' && !services.has(name)) {
        const params = { value: name };
        note([...here, 'backend', 'service', 'name'], 'unknownService', params);
      }
    }
  }
}

/** What the API server would say against the fields of a form, as far as it can be known before asking. */
export function formProblems(
  documents: readonly FormDocument[],
): FormProblem[] {
  const problems: FormProblem[] = [];
  const services = new Set(
    documents.filter(({ kind }) => kind === 'Service').map(({ name }) => name),
  );
  for (const { index, kind, value } of documents) {
    const note: Note = (path, code, params = {}) => {
      problems.push({ document: index, path: pathText(path), code, params });
    };
    const name = valueAt(value, ['metadata', 'name']);
    checkName(
      note,
      ['metadata', 'name'],
      name,
      kind === 'Service' ? 'service' : 'subdomain',
    );
    if (isFormWorkload(kind)) checkWorkload(note, value);
    else if (kind === 'Service') checkService(note, value);
    else if (kind === 'Ingress') checkIngress(note, value, services);
  }
  return problems;
}
