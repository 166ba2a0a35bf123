import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { issue, KeyPair, newKeys } from './pki';
import { freeBlock } from './ports';
import { readJson, writeWhole } from './status';
import type { ClusterAccess } from './KubeClient';

/** Account of the portal in a cluster; docs/rbac/amamba.yaml gives it its rights. */
export const PORTAL_ACCOUNT = 'system:serviceaccount:amamba:amamba';

/** Ports of a cluster, as offsets in its ten. */
const CLUSTER_PORTS = {
  api: 0,
  etcd: 1,
  etcdPeers: 2,
  kubelet: 3,
  metricsServer: 4,
  rolloutsMetrics: 5,
  rolloutsHealth: 6,
};
const PORTS_EACH = 10;
/** Ports of Argo CD and of ourselves, as offsets in the block; clusters come before. */
const SHARED_PORTS = {
  control: 70,
  redis: 80,
  repoServer: 81,
  repoMetrics: 82,
  argoServer: 83,
  argoServerMetrics: 84,
  applicationMetrics: 85,
  setMetrics: 86,
  setProbe: 87,
  setWebhook: 88,
};
/** More would need another block of ports. */
export const MAX_CLUSTERS = 6;

type Ports<T> = Record<keyof T, number>;

/** One cluster as it will be: known before anything of it runs. */
export interface ClusterPlan extends ClusterAccess {
  name: string;
  folder: string;
  ports: Ports<typeof CLUSTER_PORTS>;
  /** PEM of the cluster's authority */
  ca: string;
  /** token of an administrator (`system:masters`) */
  token: string;
  /** token of {@link PORTAL_ACCOUNT} */
  portalToken: string;
  kubeconfig: string;
}

/** A control plane as it will be. */
export interface ControlPlanePlan {
  folder: string;
  clusters: ClusterPlan[];
  ports: Ports<typeof SHARED_PORTS>;
  /** opens what changes something at the control plane's own address */
  controlToken: string;
}

interface Saved {
  firstPort?: number;
  controlToken: string;
  tokens: { admin: string; portal: string }[];
}

const token = () => randomBytes(24).toString('hex');
const planFile = (folder: string) => path.join(folder, 'plan.json');

/** Tokens of {@link PORTAL_ACCOUNT} by cluster, of a control plane that was planned in the folder. */
export function readPortalTokens(folder: string): string[] {
  const saved = readJson<Saved>(planFile(folder));
  return saved?.tokens.map(({ portal }) => portal) ?? [];
}

function ports<T extends Record<string, number>>(first: number, offsets: T) {
  return Object.fromEntries(
    Object.entries(offsets).map(([name, offset]) => [name, first + offset]),
  ) as Ports<T>;
}

/** Makes keys and certificates of a cluster, once: what signs accounts' tokens must stay as long as the data. */
function ensurePki(folder: string, name: string): { ca: string } {
  const file = (each: string) => path.join(folder, each);
  if (!fs.existsSync(file('complete'))) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const write = (each: string, text: string) =>
      fs.writeFileSync(file(each), text, { mode: 0o600 });
    const save = (each: string, { key, cert }: KeyPair) => {
      write(`${each}.key`, key);
      write(`${each}.crt`, cert);
    };
    const authority = (each: string, title: string) => {
      const pair = issue({ name: title, usage: 'authority' });
      save(each, pair);
      return { name: title, ...pair };
    };
    const cluster = authority('ca', `${name} authority`);
    const etcd = authority('etcd-ca', `${name} etcd authority`);
    const front = authority('front-ca', `${name} front proxy authority`);
    const loopback = ['127.0.0.1', 'localhost'];
    const inside = (service: string) => [service, `${service}.svc`];
    const server = (each: string, hosts: string[], issuer = cluster) =>
      save(each, issue({ name: each, usage: 'server', hosts, issuer }));
    server('apiserver', [...loopback, ...inside('kubernetes.default')]);
    server('kubelet', loopback);
    server('metrics-server', [
      ...loopback,
      ...inside('metrics-server.kube-system'),
    ]);
    save(
      'etcd',
      issue({ name: 'etcd', usage: 'both', hosts: loopback, issuer: etcd }),
    );
    save(
      'front-proxy-client',
      issue({ name: 'front-proxy-client', usage: 'client', issuer: front }),
    );
    const accounts = newKeys();
    write('accounts.key', accounts.key);
    write('accounts.pub', accounts.publicKey);
    write('complete', '');
  }
  return { ca: fs.readFileSync(file('ca.crt'), 'utf8') };
}

function kubeconfig(plan: Omit<ClusterPlan, 'kubeconfig'>): string {
  const { name, url, ca } = plan;
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name,
          cluster: {
            server: url,
            'certificate-authority-data': Buffer.from(ca).toString('base64'),
          },
        },
      ],
      users: [{ name: 'admin', user: { token: plan.token } }],
      contexts: [
        {
          name,
          context: { cluster: name, user: 'admin', namespace: 'default' },
        },
      ],
      'current-context': name,
    },
    null,
    2,
  )}\n`;
}

/** Users of the API server with their tokens. */
function users(plan: Omit<ClusterPlan, 'kubeconfig'>): string {
  const account = PORTAL_ACCOUNT.split(':');
  const groups = [
    'system:serviceaccounts',
    `system:serviceaccounts:${account[2]}`,
  ];
  return [
    `${plan.token},admin,admin,"system:masters"`,
    `${plan.portalToken},${PORTAL_ACCOUNT},amamba,"${groups.join(',')}"`,
    '',
  ].join('\n');
}

/**
 * Decides addresses, tokens and certificates of a control plane, and writes them below `folder`. What an earlier plan of that folder
 * decided holds, but for ports that somebody took since. Fast: a portal may be configured with it before anything runs.
 * @param names - names of the clusters
 */
export async function makePlan(
  folder: string,
  names: readonly string[],
): Promise<ControlPlanePlan> {
  if (names.length > MAX_CLUSTERS)
    throw new Error(`no more than ${MAX_CLUSTERS} clusters`);
  const saved = readJson<Saved>(planFile(folder)) ?? {
    controlToken: token(),
    tokens: [],
  };
  while (saved.tokens.length < names.length)
    saved.tokens.push({ admin: token(), portal: token() });
  saved.firstPort = await freeBlock({
    wanted: [
      ...names.flatMap((_, index) =>
        Object.values(CLUSTER_PORTS).map(each => index * PORTS_EACH + each),
      ),
      ...Object.values(SHARED_PORTS),
    ],
    key: path.resolve(folder),
    preferred: saved.firstPort,
  });
  const first = saved.firstPort;
  writeWhole(planFile(folder), JSON.stringify(saved, null, 2));

  const clusters = names.map((name, index) => {
    const own = path.join(path.resolve(folder), name);
    const pki = path.join(own, 'pki');
    const clusterPorts = ports(first + index * PORTS_EACH, CLUSTER_PORTS);
    const plan = {
      name,
      folder: own,
      ports: clusterPorts,
      url: `https://127.0.0.1:${clusterPorts.api}`,
      token: saved.tokens[index].admin,
      portalToken: saved.tokens[index].portal,
      ...ensurePki(pki, name),
    };
    writeWhole(path.join(pki, 'users.csv'), users(plan));
    const file = path.join(own, 'kubeconfig');
    writeWhole(file, kubeconfig(plan));
    return { ...plan, kubeconfig: file };
  });
  return {
    folder: path.resolve(folder),
    clusters,
    ports: ports(first, SHARED_PORTS),
    controlToken: saved.controlToken,
  };
}
