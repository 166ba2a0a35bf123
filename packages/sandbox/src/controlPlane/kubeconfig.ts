import * as fs from 'node:fs';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { ExpectedError } from './errors';
import type { ClusterAccess } from './KubeClient';

interface Kubeconfig {
  'current-context'?: string;
  clusters?: {
    name: string;
    cluster: {
      server: string;
      'certificate-authority'?: string;
      'certificate-authority-data'?: string;
      'insecure-skip-tls-verify'?: boolean;
    };
  }[];
  users?: {
    name: string;
    user: { token?: string; tokenFile?: string; [way: string]: unknown };
  }[];
  contexts?: { name: string; context: { cluster: string; user: string } }[];
}

/** Files that a kubeconfig value names: several are separated as in PATH. */
export const kubeconfigFiles = (value: string) =>
  value.split(path.delimiter).filter(Boolean);

/**
 * The cluster of a kubeconfig's current context. Only tokens open a cluster for a portal, which has no hands to sign in with, so
 * other ways are refused with what to do.
 */
export function readKubeconfig(file: string): ClusterAccess & { name: string } {
  const fail = (why: string): never => {
    throw new ExpectedError(`${file}: ${why}`);
  };
  if (!fs.existsSync(file)) fail('there is no such kubeconfig');
  const config = (load(fs.readFileSync(file, 'utf8')) ?? {}) as Kubeconfig;
  const contextName = config['current-context'];
  const context = config.contexts?.find(each => each.name === contextName);
  if (!context)
    return fail(
      `its current context ${contextName ?? '(none)'} is not in it; \`kubectl config use-context\` chooses one`,
    );
  const { cluster, user } = context.context;
  const server = config.clusters?.find(each => each.name === cluster)?.cluster;
  if (!server) return fail(`it has no cluster ${cluster}`);
  const way = config.users?.find(each => each.name === user)?.user ?? {};
  const beside = (name: string) => path.resolve(path.dirname(file), name);
  const token =
    way.token ??
    (way.tokenFile && fs.readFileSync(beside(way.tokenFile), 'utf8').trim());
  if (!token)
    return fail(
      `the user ${user} signs in with ${Object.keys(way).join(', ') || 'nothing'}, and the portal needs a token. ` +
        'Give it an account: `kubectl apply -f docs/rbac/amamba.yaml`, then ' +
        "`kubectl -n amamba get secret amamba-token -o jsonpath='{.data.token}' | base64 -d` is a token to put into a kubeconfig.",
    );
  const data = server['certificate-authority-data'];
  const caFile = server['certificate-authority'];
  let ca: string | undefined;
  if (data) ca = Buffer.from(data, 'base64').toString('utf8');
  else if (caFile) ca = fs.readFileSync(beside(caFile), 'utf8');
  return {
    name: contextName ?? cluster,
    url: server.server.replace(/\/$/, ''),
    token,
    ca,
    skipTlsVerify: server['insecure-skip-tls-verify'] ?? false,
  };
}
