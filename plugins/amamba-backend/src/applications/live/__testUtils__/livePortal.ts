import {
  AmambaClient,
  type PodLogLine,
  type TerminalEvent,
} from '@amamba/backstage-plugin-amamba-common';
import { FaultProxy, type TestCluster } from 'sandbox';
import {
  startClusterPortal,
  type ClusterPortal,
} from '../../../__testUtils__/clusterPortal';
import { as } from '../../../__testUtils__/portal';

const CLUSTER = 'test-0';
const WAIT_MS = 40_000;

/** Looks until it is right. */
export async function until<T>(
  look: () => Promise<T>,
  isRight: (value: T) => boolean,
): Promise<T> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const value = await look();
    if (isRight(value)) return value;
    if (Date.now() > end) {
      throw new Error(`In vain: ${JSON.stringify(value)?.slice(0, 1_000)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/** Records of a stream of NDJSON as they come. */
export async function* ndjson<T>(response: Response): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield JSON.parse(line);
  }
}

/** A portal with a real cluster behind a proxy that breaks things, and a namespace of team-a in it. */
export class LivePortal {
  readonly proxy: FaultProxy;
  readonly portal: ClusterPortal;
  readonly cluster: TestCluster;

  private constructor(
    proxy: FaultProxy,
    portal: ClusterPortal,
    cluster: TestCluster,
  ) {
    this.proxy = proxy;
    this.portal = portal;
    this.cluster = cluster;
  }

  static async start(cluster: TestCluster): Promise<LivePortal> {
    const proxy = await FaultProxy.start(cluster.access.url);
    const distant = (access: TestCluster['access']) => ({
      ...access,
      url: proxy.url,
    });
    const portal = await startClusterPortal([
      {
        access: distant(cluster.access),
        portal: cluster.portal && distant(cluster.portal),
      },
    ]);
    const live = new LivePortal(proxy, portal, cluster);
    await portal.call(
      'put',
      `/workspaces/team-a/clusters/${CLUSTER}`,
      'pat',
      {},
    );
    await until(
      () =>
        portal.call(
          'post',
          `/workspaces/team-a/namespaces/${CLUSTER}/${cluster.namespace}/adopt`,
          'pat',
          { environment: 'dev' },
        ),
      ({ status }) => status === 201,
    );
    return live;
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.proxy.stop();
  }

  /** Runs a Deployment, and waits until its pods run. */
  async run(
    name: string,
    options: { container?: string; replicas?: number; labels?: string } = {},
  ): Promise<string[]> {
    const { container = 'silent', replicas = 1, labels = '' } = options;
    await this.cluster.client.applyYaml(
      `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}${labels}}}
    spec: {containers: [{name: ${container}, image: "${name}:1"}]}
`,
      this.cluster.namespace,
    );
    const { body } = await until(
      () => this.portal.get(this.path(name), 'vi'),
      ({ body: { ready, pods = [] } }) =>
        ready === replicas || (labels !== '' && pods.length === replicas),
    );
    return body.pods.map((pod: { name: string }) => pod.name);
  }

  params(name: string) {
    const { namespace } = this.cluster;
    return {
      ...{ workspace: 'team-a', cluster: CLUSTER, namespace, name },
      kind: 'deployment' as const,
    };
  }

  path(name: string): string {
    const { namespace } = this.cluster;
    return `/workspaces/team-a/applications/${CLUSTER}/${namespace}/deployment/${name}`;
  }

  /** As a user, over HTTP. */
  as(user: string): AmambaClient {
    return new AmambaClient({
      baseUrl: `http://127.0.0.1:${this.portal.backend.server.port()}/api/amamba`,
      fetch: (url, init) => {
        const headers = new Headers(init?.headers);
        headers.set('Authorization', as(user));
        return fetch(url, { ...init, headers });
      },
    });
  }

  async logs(
    name: string,
    query: Record<string, string | number> = {},
    signal?: AbortSignal,
  ): Promise<AsyncGenerator<PodLogLine>> {
    const response = await this.as('vi').open(
      'readPodLogs',
      { params: this.params(name), query },
      { signal },
    );
    return ndjson(response);
  }

  async output(
    user: string,
    name: string,
    terminal: string,
    signal?: AbortSignal,
  ): Promise<AsyncGenerator<TerminalEvent>> {
    const response = await this.as(user).open(
      'readTerminal',
      { params: { ...this.params(name), terminal } },
      { signal },
    );
    return ndjson(response);
  }
}
