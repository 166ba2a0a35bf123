import * as path from 'node:path';
import type { ComponentOptions } from './Component';
import type { ClusterPlan } from './plan';

/** What makes a cluster, in words of a terminal and of `stop` and `start`. */
export type ClusterComponent =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kwok'
  | 'metrics-server'
  | 'rollouts-controller';

/** Kinds of kwok that are read from the cluster; its stages come from a file. */
const KWOK_KINDS = [
  'Logs',
  'ClusterLogs',
  'Exec',
  'ClusterExec',
  'PortForward',
  'ClusterPortForward',
  'Metric',
  'ResourceUsage',
  'ClusterResourceUsage',
];

/** `--name=value` for each entry. */
const flags = (values: Record<string, string | number | boolean>) =>
  Object.entries(values).map(([name, value]) => `--${name}=${value}`);

/** Command lines of a cluster's programs, found in the folder `bin`. All listen on the loopback interface alone. */
export function clusterComponents(
  plan: ClusterPlan,
  bin: string,
): Record<ClusterComponent, ComponentOptions> {
  const { folder, kubeconfig, ports } = plan;
  const pki = (file: string) => path.join(folder, 'pki', file);
  const etcdUrl = `https://127.0.0.1:${ports.etcd}`;
  const peersUrl = `https://127.0.0.1:${ports.etcdPeers}`;
  const kube = (
    name: ClusterComponent,
    values: Parameters<typeof flags>[0],
  ) => ({
    name,
    program: path.join(bin, 'kube'),
    args: [name, ...flags(values)],
    folder,
  });
  const other = (
    name: ClusterComponent,
    values: Parameters<typeof flags>[0],
  ) => ({
    name,
    program: path.join(bin, name),
    args: flags(values),
    folder,
  });
  return {
    etcd: kube('etcd', {
      'data-dir': path.join(folder, 'etcd'),
      // A crash of the machine may lose the last seconds of a sandbox.
      'unsafe-no-fsync': true,
      'log-level': 'warn',
      'listen-client-urls': etcdUrl,
      'advertise-client-urls': etcdUrl,
      'listen-peer-urls': peersUrl,
      'initial-advertise-peer-urls': peersUrl,
      'initial-cluster': `default=${peersUrl}`,
      // All that is in a cluster, for whoever reaches the port: so it wants a certificate.
      'client-cert-auth': true,
      'trusted-ca-file': pki('etcd-ca.crt'),
      'cert-file': pki('etcd.crt'),
      'key-file': pki('etcd.key'),
      'peer-client-cert-auth': true,
      'peer-trusted-ca-file': pki('etcd-ca.crt'),
      'peer-cert-file': pki('etcd.crt'),
      'peer-key-file': pki('etcd.key'),
    }),
    'kube-apiserver': kube('kube-apiserver', {
      'etcd-servers': etcdUrl,
      'etcd-cafile': pki('etcd-ca.crt'),
      'etcd-certfile': pki('etcd.crt'),
      'etcd-keyfile': pki('etcd.key'),
      'bind-address': '127.0.0.1',
      'secure-port': ports.api,
      'cert-dir': path.join(folder, 'pki'),
      'tls-cert-file': pki('apiserver.crt'),
      'tls-private-key-file': pki('apiserver.key'),
      'kubelet-certificate-authority': pki('ca.crt'),
      'service-cluster-ip-range': '10.96.0.0/16',
      // Loopback can't be an endpoint.
      'endpoint-reconciler-type': 'none',
      // Tokens outlive a change of ports.
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': pki('accounts.pub'),
      'service-account-signing-key-file': pki('accounts.key'),
      'token-auth-file': pki('users.csv'),
      'authorization-mode': 'RBAC',
      'allow-privileged': true,
      // For what is behind an APIService: metrics-server.
      'requestheader-client-ca-file': pki('front-ca.crt'),
      'requestheader-allowed-names': 'front-proxy-client',
      'requestheader-username-headers': 'X-Remote-User',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'proxy-client-cert-file': pki('front-proxy-client.crt'),
      'proxy-client-key-file': pki('front-proxy-client.key'),
    }),
    'kube-controller-manager': kube('kube-controller-manager', {
      kubeconfig,
      'leader-elect': false,
      'secure-port': 0,
      'service-account-private-key-file': pki('accounts.key'),
      'root-ca-file': pki('ca.crt'),
      'use-service-account-credentials': true,
    }),
    'kube-scheduler': kube('kube-scheduler', {
      kubeconfig,
      'leader-elect': false,
      'secure-port': 0,
    }),
    kwok: {
      ...other('kwok', {
        kubeconfig,
        config: path.join(folder, 'stages.yaml'),
        'manage-all-nodes': true,
        'node-lease-duration-seconds': 40,
        'node-ip': '127.0.0.1',
        'node-port': ports.kubelet,
        'server-address': `127.0.0.1:${ports.kubelet}`,
        'tls-cert-file': pki('kubelet.crt'),
        'tls-private-key-file': pki('kubelet.key'),
        'enable-crds': KWOK_KINDS.join(','),
        v: 'WARN',
      }),
      // What is executed "in" a pod inherits it.
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    },
    'metrics-server': other('metrics-server', {
      kubeconfig,
      'authentication-kubeconfig': kubeconfig,
      'authorization-kubeconfig': kubeconfig,
      'bind-address': '127.0.0.1',
      'secure-port': ports.metricsServer,
      'tls-cert-file': pki('metrics-server.crt'),
      'tls-private-key-file': pki('metrics-server.key'),
      'kubelet-certificate-authority': pki('ca.crt'),
      'kubelet-preferred-address-types': 'InternalIP',
      'kubelet-use-node-status-port': true,
      // As often as it can.
      'metric-resolution': '10s',
      'kubelet-request-timeout': '8s',
    }),
    'rollouts-controller': other('rollouts-controller', {
      kubeconfig,
      'leader-elect': false,
      loglevel: 'warn',
      metricsPort: ports.rolloutsMetrics,
      healthzPort: ports.rolloutsHealth,
    }),
  };
}
