import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { Cluster } from './Cluster';
import { ExpectedError } from './errors';
import type { KubeClient } from './KubeClient';
import { objectsIn } from './manifests';
import { MODULE, ProgramFolder } from './programs';

/** One sample release of Helm: its revisions, each with values. */
interface SampleRelease {
  name: string;
  namespace: string;
  revisions: Record<string, unknown>[];
}

const SEED = path.join(MODULE, 'seed');
const CHART = path.join(SEED, 'charts/web');
/** Raised when samples are added that clusters of yesterday should get, too. */
const VERSION = '1';
const MARK = '/api/v1/namespaces/amamba/configmaps/sandbox-samples';
const HELM_MS = 120_000;
const run = promisify(execFile);

const LIMITS = {
  requests: { cpu: '50m', memory: '64Mi' },
  limits: { cpu: '200m', memory: '128Mi' },
};

/** By cluster, in the order of the plan. */
const RELEASES: readonly SampleRelease[][] = [
  [
    {
      name: 'wiki',
      namespace: 'team-a-dev',
      revisions: [
        { replicaCount: 1, image: { tag: '1.0.0' }, resources: LIMITS },
        { replicaCount: 2, image: { tag: '1.1.0' }, resources: LIMITS },
      ],
    },
    {
      name: 'status-page',
      namespace: 'team-a-prod',
      revisions: [
        { replicaCount: 2, image: { tag: '1.0.0' }, resources: LIMITS },
        {
          replicaCount: 2,
          image: { tag: '1.0.0' },
          resources: LIMITS,
          greeting: 'All systems run',
        },
      ],
    },
  ],
  [],
];

/** Namespaces of the samples with the workspaces that are to own them, by cluster in the order of the plan. */
export const SAMPLE_NAMESPACES: readonly {
  cluster: number;
  namespace: string;
  workspace: string;
  environment: string;
}[] = [
  {
    cluster: 0,
    namespace: 'team-a-dev',
    workspace: 'team-a',
    environment: 'dev',
  },
  {
    cluster: 0,
    namespace: 'team-a-prod',
    workspace: 'team-a',
    environment: 'prod',
  },
  {
    cluster: 0,
    namespace: 'team-b-dev',
    workspace: 'team-b',
    environment: 'dev',
  },
  {
    cluster: 1,
    namespace: 'team-a-staging',
    workspace: 'team-a',
    environment: 'staging',
  },
  {
    cluster: 1,
    namespace: 'team-b-prod',
    workspace: 'team-b',
    environment: 'prod',
  },
];

/** Puts the samples into clusters that never had them. What a person deleted since does not come back. */
export async function seed(
  clusters: readonly Cluster[],
  programs: ProgramFolder,
): Promise<void> {
  for (const [index, cluster] of clusters.entries()) {
    const { client } = cluster;
    const mark = await client.find(MARK);
    if ((mark?.data as { version?: string } | undefined)?.version === VERSION)
      continue;
    const folder = path.join(SEED, `cluster-${index}`);
    if (fs.existsSync(folder)) {
      for (const object of objectsIn(folder)) await client.apply(object);
      await addressIngresses(client);
    }
    for (const release of RELEASES[index] ?? [])
      await installRelease(cluster, programs, release);
    await client.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'sandbox-samples', namespace: 'amamba' },
      data: { version: VERSION },
    });
  }
}

/** What an ingress controller would say: where the hosts are reached. */
async function addressIngresses(client: KubeClient): Promise<void> {
  for (const { metadata } of await client.list(
    '/apis/networking.k8s.io/v1/ingresses',
  )) {
    await client.apply(
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: metadata.name, namespace: metadata.namespace },
        status: { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } },
      },
      '/status',
    );
  }
}

/** Installs a release and upgrades it once for each further revision. */
async function installRelease(
  cluster: Cluster,
  programs: ProgramFolder,
  { name, namespace, revisions }: SampleRelease,
): Promise<void> {
  const { folder, kubeconfig } = cluster.plan;
  const home = path.join(folder, 'helm');
  fs.mkdirSync(home, { recursive: true });
  for (const values of revisions) {
    const file = path.join(home, 'values.json');
    fs.writeFileSync(file, JSON.stringify(values));
    try {
      await run(
        path.join(programs.bin, 'helm'),
        [
          ['upgrade', name, CHART, '--install'],
          ['--namespace', namespace, '--values', file],
        ].flat(),
        {
          timeout: HELM_MS,
          env: {
            HOME: home,
            HELM_CACHE_HOME: home,
            HELM_CONFIG_HOME: home,
            HELM_DATA_HOME: home,
            KUBECONFIG: kubeconfig,
          },
        },
      );
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      throw new ExpectedError(
        `Helm could not install the sample ${name} into ${namespace}: ${stderr ?? String(error)}`,
      );
    }
  }
}
