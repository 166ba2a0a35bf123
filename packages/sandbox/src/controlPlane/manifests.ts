import * as fs from 'node:fs';
import * as path from 'node:path';
import { dump } from 'js-yaml';
import { documents, KubeObject } from './KubeClient';
import { MODULE } from './programs';

/** Label of a pod that is to fail, with the way in which it does as value; `stages/*.yaml` says what each does. */
export const FAILS = 'sandbox.amamba.io/fails';

/** The user without rights, whom root lends to what a pod's terminal runs. */
export const NOBODY = 65534;

const NODES = ['node-1', 'node-2', 'node-3'];
const NODE_SIZE = { cpu: '64', memory: '512Gi', pods: '4000' };
const VOLUMES = 12;

/** The YAML files directly in a folder, or the file itself, without kustomizations. */
export function yamlFiles(file: string): string[] {
  if (!fs.statSync(file).isDirectory()) return [file];
  return fs
    .readdirSync(file)
    .filter(name => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .sort()
    .map(name => path.join(file, name));
}

/** The objects of all YAML files in the given folders or files. */
export function objectsIn(...files: string[]): KubeObject[] {
  return files
    .flatMap(yamlFiles)
    .flatMap(file => documents(fs.readFileSync(file, 'utf8')));
}

interface Stage extends KubeObject {
  spec: {
    resourceRef: { kind: string };
    selector: { matchExpressions: { key: string; operator: string }[] };
  };
}

/**
 * The life of simulated nodes and pods: kwok's own stages, and ours for pods that are to fail in a way that only a kubelet could
 * tell. Such a pod is created and deleted as others are, and else left to ours.
 */
export function stages(manifests: string): string {
  const kwok = path.join(manifests, 'kwok/stages');
  const own = ['node', 'heartbeat', 'pod', 'chaos'].map(name =>
    path.join(kwok, name),
  );
  const theirs = objectsIn(...own) as Stage[];
  for (const { metadata, spec } of theirs) {
    if (
      spec.resourceRef.kind === 'Pod' &&
      !['pod-create', 'pod-delete'].includes(metadata.name)
    )
      spec.selector.matchExpressions.push({
        key: `.metadata.labels["${FAILS}"]`,
        operator: 'DoesNotExist',
      });
  }
  const ours = objectsIn(path.join(MODULE, 'stages'));
  return [...theirs, ...ours].map(each => dump(each)).join('---\n');
}

/** Simulated nodes, with the path at which kwok serves what their kubelets would of metrics. */
export function nodes(): KubeObject[] {
  return NODES.map(name => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': `zone-${name.slice(-1)}`,
      },
      annotations: {
        'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
      },
    },
    status: { allocatable: NODE_SIZE, capacity: NODE_SIZE },
  }));
}

/** A storage class and volumes for claims of it, since nothing provisions any. */
export function storage(): KubeObject[] {
  const className = 'standard';
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: className,
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'Immediate',
      reclaimPolicy: 'Retain',
    },
    ...Array.from({ length: VOLUMES }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `volume-${index + 1}` },
      spec: {
        storageClassName: className,
        capacity: { storage: `${(index % 3) * 10 + 10}Gi` },
        accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
        persistentVolumeReclaimPolicy: 'Retain',
        hostPath: { path: `/var/lib/volumes/${index + 1}` },
      },
    })),
  ];
}

/** What makes `metrics.k8s.io` be answered by metrics-server on a port of this machine. */
export function metricsApi(port: number, ca: string): KubeObject[] {
  const service = { name: 'metrics-server', namespace: 'kube-system' };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: service,
      spec: {
        type: 'ExternalName',
        externalName: 'localhost',
        ports: [{ name: 'https', port }],
      },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle: Buffer.from(ca).toString('base64'),
        service: { ...service, port },
      },
    },
  ];
}

/**
 * What kwok answers to `logs` and `exec` when nobody set up something else: a file for a container's name, and a command on this
 * machine in an empty folder.
 */
export function podAnswers(options: {
  logs: Record<string, string>;
  otherLogs: string;
  previousLogs: string;
  shellFolder: string;
}): KubeObject[] {
  const { logs, otherLogs, previousLogs, shellFolder } = options;
  const log = (file: string, containers?: string[]) => ({
    ...(containers && { containers }),
    logsFile: file,
    previousLogsFile: previousLogs,
    follow: true,
  });
  const isRoot = process.getuid?.() === 0;
  return [
    {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterLogs',
      metadata: { name: 'sandbox' },
      spec: {
        logs: [
          ...Object.entries(logs).map(([name, file]) => log(file, [name])),
          log(otherLogs),
        ],
      },
    },
    {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterExec',
      metadata: { name: 'sandbox' },
      spec: {
        execs: [
          {
            local: {
              workDir: shellFolder,
              envs: [
                { name: 'HOME', value: shellFolder },
                { name: 'PS1', value: '$ ' },
                { name: 'TERM', value: 'xterm-256color' },
              ],
              ...(isRoot && {
                securityContext: { runAsUser: NOBODY, runAsGroup: NOBODY },
              }),
            },
          },
        ],
      },
    },
  ];
}
