import { isJsonArray, type JsonObject, type PathStep } from '../manifests';
import { parseQuantity } from '../quantities';
import type { KubeJson } from '../words';
import { valueAt } from './documents';
import {
  checkName,
  checkRange,
  checkTwice,
  isPort,
  listAt,
  type Note,
} from './checks';

const POD = ['spec', 'template', 'spec'];

function checkResources(
  note: Note,
  at: readonly PathStep[],
  container: KubeJson,
): void {
  const amounts = new Map<string, bigint>();
  for (const side of ['requests', 'limits']) {
    const all = valueAt(container, ['resources', side]) ?? {};
    for (const [key, text] of Object.entries(all)) {
      const path = [...at, 'resources', side, key];
      const value: unknown = text;
      const amount =
        typeof value === 'string' || typeof value === 'number'
          ? parseQuantity(value)
          : undefined;
      if (amount === undefined) note(path, 'quantity');
      else if (amount < 0n) note(path, 'negative');
      else amounts.set(`${side} ${key}`, amount);
    }
  }
  for (const [key, request] of amounts) {
    if (!key.startsWith('requests ')) continue;
    const resource = key.slice('requests '.length);
    const limit = amounts.get(`limits ${resource}`);
    if (limit !== undefined && request > limit) {
      const text = (side: string) =>
        String(valueAt(container, ['resources', side, resource]));
      note([...at, 'resources', 'requests', resource], 'aboveLimit', {
        request: text('requests'),
        limit: text('limits'),
      });
    }
  }
}

function checkEnvironment(
  note: Note,
  at: readonly PathStep[],
  container: KubeJson,
): void {
  const path = [...at, 'env'];
  const variables = listAt(container, ['env']);
  checkTwice(note, path, variables, 'name');
  for (const [index, variable] of variables.entries()) {
    const here = [...path, index];
    const name = valueAt(variable, ['name']);
    checkName(note, [...here, 'name'], name, 'environment');
    for (const source of ['configMapKeyRef', 'secretKeyRef']) {
      const reference = valueAt(variable, ['valueFrom', source]);
      if (reference === undefined) continue;
      for (const key of ['name', 'key']) {
        if (!valueAt(reference, [key])) {
          note([...here, 'valueFrom', source, key], 'needed');
        }
      }
    }
  }
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

function checkProbes(
  note: Note,
  at: readonly PathStep[],
  container: KubeJson,
  portNames: ReadonlySet<string>,
): void {
  for (const kind of PROBES) {
    const probe = valueAt(container, [kind]);
    if (probe === undefined) continue;
    const here = [...at, kind];
    const used = HANDLERS.filter(handler => valueAt(probe, [handler]));
    if (used.length !== 1) note(here, 'oneSource');
    for (const handler of ['httpGet', 'tcpSocket', 'grpc']) {
      if (!used.includes(handler)) continue;
      const port = valueAt(probe, [handler, 'port']);
      const path = [...here, handler, 'port'];
      if (port === undefined) note(path, 'needed');
      else if (!isPort(port)) note(path, 'port');
      else if (typeof port === 'string' && !portNames.has(port)) {
        note(path, 'unknownPort', { value: port });
      }
    }
    if (
      used.includes('exec') &&
      listAt(probe, ['exec', 'command']).length === 0
    ) {
      note([...here, 'exec', 'command'], 'needed');
    }
    const number = (key: string, min: number) =>
      checkRange(note, [...here, key], valueAt(probe, [key]), min, 86_400);
    number('initialDelaySeconds', 0);
    for (const key of [
      'timeoutSeconds',
      'periodSeconds',
      'successThreshold',
      'failureThreshold',
    ]) {
      number(key, 1);
    }
    const successes = valueAt(probe, ['successThreshold']) ?? 1;
    if (kind !== 'readinessProbe' && successes !== 1) {
      note([...here, 'successThreshold'], 'successThreshold');
    }
  }
}

function checkMounts(
  note: Note,
  at: readonly PathStep[],
  container: KubeJson,
  volumes: ReadonlySet<KubeJson | undefined>,
): void {
  const path = [...at, 'volumeMounts'];
  const mounts = listAt(container, ['volumeMounts']);
  checkTwice(note, path, mounts, 'mountPath');
  for (const [index, mount] of mounts.entries()) {
    const name = valueAt(mount, ['name']);
    if (!name) note([...path, index, 'name'], 'needed');
    else if (!volumes.has(name)) {
      note([...path, index, 'name'], 'unknownVolume', { value: String(name) });
    }
    const place = valueAt(mount, ['mountPath']);
    if (!place) note([...path, index, 'mountPath'], 'needed');
    else if (typeof place === 'string' && place.includes(':')) {
      note([...path, index, 'mountPath'], 'colon');
    }
  }
}

/**
 * What is wrong with the containers of a workload.
 * @param list - `containers` or `initContainers`
 */
export function containerProblems(
  note: Note,
  workload: JsonObject,
  list: string,
): void {
  const path = [...POD, list];
  const containers = listAt(workload, path);
  const volumes = new Set([
    ...listAt(workload, [...POD, 'volumes']).map(one => valueAt(one, ['name'])),
    ...listAt(workload, ['spec', 'volumeClaimTemplates']).map(one =>
      valueAt(one, ['metadata', 'name']),
    ),
  ]);
  checkTwice(note, path, containers, 'name');
  for (const [index, container] of containers.entries()) {
    const at = [...path, index];
    checkName(note, [...at, 'name'], valueAt(container, ['name']), 'label');
    const image = valueAt(container, ['image']);
    if (!image) note([...at, 'image'], 'needed');
    else if (typeof image !== 'string' || /\s/.test(image)) {
      note([...at, 'image'], 'image');
    }
    const ports = listAt(container, ['ports']);
    checkTwice(note, [...at, 'ports'], ports, 'name');
    const names = new Set<string>();
    for (const [place, port] of ports.entries()) {
      const here = [...at, 'ports', place];
      const number = valueAt(port, ['containerPort']);
      if (number === undefined) note([...here, 'containerPort'], 'needed');
      else checkRange(note, [...here, 'containerPort'], number, 1, 65_535);
      const name = valueAt(port, ['name']);
      if (name !== undefined) {
        checkName(note, [...here, 'name'], name, 'portName');
        names.add(String(name));
      }
    }
    checkResources(note, at, container);
    checkEnvironment(note, at, container);
    checkProbes(note, at, container, names);
    checkMounts(note, at, container, volumes);
    for (const key of ['command', 'args']) {
      const words = valueAt(container, [key]);
      if (words !== undefined && !isJsonArray(words)) {
        note([...at, key], 'oneSource');
      }
    }
  }
}
