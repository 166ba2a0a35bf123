import type { KubeJson, WordParams } from '../words';
import type { ManifestCode } from './messages';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type PathStep,
} from './paths';

/** Which PodSecurity level forbids it; `always`: the portal does, whatever the namespace allows. */
export type FindingLevel = 'always' | 'baseline' | 'restricted';

/** Something in a manifest that a namespace may forbid. */
export interface ManifestFinding {
  readonly code: ManifestCode;
  readonly params: WordParams;
  readonly level: FindingLevel;
  /** where it stands, or where it is missing */
  readonly path: readonly PathStep[];
}

/** Capabilities that the baseline level lets containers add. */
const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

const SELINUX_TYPES = [
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

/** Kinds of volumes that the restricted level allows. */
const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

type Report = (
  level: FindingLevel,
  code: ManifestCode,
  path: readonly PathStep[],
  params?: WordParams,
) => void;

const object = (value: KubeJson | undefined): JsonObject =>
  isJsonObject(value) ? value : {};
const list = (value: KubeJson | undefined): readonly KubeJson[] =>
  isJsonArray(value) ? value : [];

/** What pod and containers have in common. */
function securityFindings(
  context: JsonObject,
  path: readonly PathStep[],
  report: Report,
): void {
  const seccomp = object(context.seccompProfile).type;
  if (seccomp === 'Unconfined') {
    const params = { type: seccomp };
    report('baseline', 'seccomp', [...path, 'seccompProfile', 'type'], params);
  }
  const appArmor = object(context.appArmorProfile).type;
  if (appArmor === 'Unconfined') {
    const params = { type: appArmor };
    report(
      'baseline',
      'appArmor',
      [...path, 'appArmorProfile', 'type'],
      params,
    );
  }
  for (const [field, value] of Object.entries(object(context.seLinuxOptions))) {
    const fine =
      field === 'level' ||
      (field === 'type' ? SELINUX_TYPES.includes(String(value)) : value === '');
    if (!fine) {
      const params = { field, value: String(value) };
      report('baseline', 'seLinux', [...path, 'seLinuxOptions', field], params);
    }
  }
  if (object(context.windowsOptions).hostProcess === true) {
    report('baseline', 'hostProcess', [
      ...path,
      'windowsOptions',
      'hostProcess',
    ]);
  }
}

function capabilityFindings(
  container: string,
  capabilities: JsonObject,
  path: readonly PathStep[],
  report: Report,
): void {
  const added = list(capabilities.add).map(String);
  const beyond = added.filter(name => !BASELINE_CAPABILITIES.includes(name));
  const more = added.filter(name => name !== 'NET_BIND_SERVICE');
  if (beyond.length > 0 || more.length > 0) {
    report(
      beyond.length > 0 ? 'baseline' : 'restricted',
      'capabilities',
      [...path, 'add'],
      {
        container,
        capabilities: (beyond.length > 0 ? beyond : more).join(', '),
      },
    );
  }
  if (!list(capabilities.drop).includes('ALL')) {
    report('restricted', 'dropAll', path, { container });
  }
}

function containerFindings(
  value: JsonObject,
  pod: JsonObject,
  path: readonly PathStep[],
  report: Report,
): void {
  const container = String(value.name ?? '?');
  const security = object(value.securityContext);
  const at = [...path, 'securityContext'];
  if (security.privileged === true) {
    report('baseline', 'privileged', [...at, 'privileged'], { container });
  }
  if (security.procMount !== undefined && security.procMount !== 'Default') {
    report('baseline', 'procMount', [...at, 'procMount'], { container });
  }
  securityFindings(security, at, report);
  list(value.ports).forEach((port, index) => {
    const hostPort = object(port).hostPort;
    if (typeof hostPort === 'number' && hostPort !== 0) {
      const params = { container, port: hostPort };
      report(
        'baseline',
        'hostPort',
        [...path, 'ports', index, 'hostPort'],
        params,
      );
    }
  });
  capabilityFindings(
    container,
    object(security.capabilities),
    [...at, 'capabilities'],
    report,
  );
  if (security.allowPrivilegeEscalation !== false) {
    report('restricted', 'escalation', at, { container });
  }
  const nonRoot = security.runAsNonRoot ?? pod.runAsNonRoot;
  const user = security.runAsUser ?? pod.runAsUser;
  if (nonRoot !== true || user === 0) {
    report('restricted', 'runAsNonRoot', at, { container });
  }
  if (
    !object(security.seccompProfile).type &&
    !object(pod.seccompProfile).type
  ) {
    report('restricted', 'seccompMissing', at, { container });
  }
}

function volumeFindings(
  value: JsonObject,
  path: readonly PathStep[],
  report: Report,
): void {
  const { name, ...types } = value;
  const volume = String(name ?? '?');
  if ('hostPath' in types) {
    report('baseline', 'hostPath', [...path, 'hostPath'], { volume });
  }
  const other = Object.keys(types).find(
    type => type !== 'hostPath' && !RESTRICTED_VOLUMES.includes(type),
  );
  if (other) {
    report('restricted', 'volumeType', [...path, other], {
      type: other,
      volume,
    });
  }
}

function podFindings(
  spec: JsonObject,
  path: readonly PathStep[],
  report: Report,
): void {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (spec[field] === true) {
      report('baseline', 'hostNamespace', [...path, field], { field });
    }
  }
  const security = object(spec.securityContext);
  securityFindings(security, [...path, 'securityContext'], report);
  list(security.sysctls).forEach((sysctl, index) => {
    const name = String(object(sysctl).name);
    if (!SAFE_SYSCTLS.includes(name)) {
      const at = [...path, 'securityContext', 'sysctls', index, 'name'];
      report('baseline', 'sysctl', at, { name });
    }
  });
  list(spec.volumes).forEach((volume, index) =>
    volumeFindings(object(volume), [...path, 'volumes', index], report),
  );
  for (const key of ['containers', 'initContainers', 'ephemeralContainers']) {
    list(spec[key]).forEach((container, index) =>
      containerFindings(
        object(container),
        security,
        [...path, key, index],
        report,
      ),
    );
  }
}

/** Whatever has a list of containers is a pod's spec, in custom resources too. */
function search(
  value: KubeJson,
  path: readonly PathStep[],
  report: Report,
): void {
  if (isJsonArray(value)) {
    value.forEach((item, index) => search(item, [...path, index], report));
  } else if (isJsonObject(value)) {
    if (isJsonArray(value.containers)) {
      podFindings(value, path, report);
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      search(item, [...path, key], report);
    }
  }
}

/** Everything in a manifest that a namespace may forbid. The API server decides; this says it earlier, and where it stands. */
export function manifestFindings(manifest: JsonObject): ManifestFinding[] {
  const findings: ManifestFinding[] = [];
  const report: Report = (level, code, path, params = {}) => {
    findings.push({ level, code, path, params });
  };
  const { kind, type, spec } = manifest;
  if (kind === 'Secret' && type === 'kubernetes.io/service-account-token') {
    report('always', 'tokenSecret', ['type']);
  }
  if (kind === 'Secret' && type === 'helm.sh/release.v1') {
    report('always', 'helmSecret', ['type']);
  }
  if (kind === 'Service' && list(object(spec).externalIPs).length > 0) {
    report('always', 'externalIps', ['spec', 'externalIPs']);
  }
  if (spec !== undefined) search(spec, ['spec'], report);
  return findings;
}
