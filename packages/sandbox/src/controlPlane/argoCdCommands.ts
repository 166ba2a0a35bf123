import * as path from 'node:path';
import type { ControlPlanePlan } from './plan';

/** Command lines of what Argo CD consists of, found in the folder `bin`. All listen on the loopback interface alone. */
export function argoCdCommands(
  plan: ControlPlanePlan,
  bin: string,
): { name: string; program: string; args: string[] }[] {
  const { ports } = plan;
  const argocd = path.join(bin, 'argocd');
  const redis = `127.0.0.1:${ports.redis}`;
  const repo = `127.0.0.1:${ports.repoServer}`;
  const common = [
    `--redis=${redis}`,
    `--repo-server=${repo}`,
    '--repo-server-plaintext',
    '--loglevel=warn',
  ];
  const anywhere = '--application-namespaces=*';
  return [
    {
      name: 'redis',
      program: 'redis-server',
      args: [
        ['--port', String(ports.redis)],
        ['--bind', '127.0.0.1'],
        ['--save', ''],
        ['--appendonly', 'no'],
      ].flat(),
    },
    {
      name: 'argocd-repo-server',
      program: argocd,
      args: [
        '--address=127.0.0.1',
        `--port=${ports.repoServer}`,
        '--metrics-address=127.0.0.1',
        `--metrics-port=${ports.repoMetrics}`,
        `--redis=${redis}`,
        '--disable-tls',
        '--client-ca-path=',
        '--loglevel=warn',
      ],
    },
    {
      name: 'argocd-server',
      program: argocd,
      args: [
        '--address=127.0.0.1',
        `--port=${ports.argoServer}`,
        `--metrics-port=${ports.argoServerMetrics}`,
        '--insecure',
        anywhere,
        ...common,
      ],
    },
    {
      name: 'argocd-application-controller',
      program: argocd,
      args: [`--metrics-port=${ports.applicationMetrics}`, anywhere, ...common],
    },
    {
      name: 'argocd-applicationset-controller',
      program: argocd,
      args: [
        '--enable-leader-election=false',
        `--metrics-addr=127.0.0.1:${ports.setMetrics}`,
        `--probe-addr=127.0.0.1:${ports.setProbe}`,
        `--webhook-addr=127.0.0.1:${ports.setWebhook}`,
        `--argocd-repo-server=${repo}`,
        '--repo-server-plaintext',
        '--loglevel=warn',
      ],
    },
  ];
}
