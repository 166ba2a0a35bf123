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
    user: {
      token?: string;
      tokenFile?: string;
      'client-certificate'?: string;
      'client-certificate-data'?: string;
      'client-key'?: string;
      'client-key-data'?: string;
    };
  }[];
  contexts?: { name: string; context: { cluster: string; user: string } }[];
}

const ACCOUNT =
  'Give it an account: `kubectl apply -f docs/rbac/amamba.yaml`, then ' +
  "`kubectl -n amamba get secret amamba-token -o jsonpath='{.data.token}' | base64 -d` is a token to put into a kubeconfig.";

/** Files that a kubeconfig value names: several are separated as in PATH. */
export const kubeconfigFiles = (value: string) =>
  value.split(path.delimiter).filter(Boolean);

interface NamedAccess extends ClusterAccess {
  name: string;
}

/** The cluster of a kubeconfig's current context. Programs that sign in (`exec`) are not run. */
export function readKubeconfig(file: string): NamedAccess {
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
  const read = (name: string | undefined) =>
    name && fs.readFileSync(path.resolve(path.dirname(file), name), 'utf8');
  const pem = (data: string | undefined, name: string | undefined) =>
    data ? Buffer.from(data, 'base64').toString('utf8') : read(name);
  const token = way.token ?? read(way.tokenFile)?.trim();
  const cert = pem(way['client-certificate-data'], way['client-certificate']);
  if (!token && !cert)
    return fail(
      `the user ${user} signs in with ${Object.keys(way).join(', ') || 'nothing'}, which only people can. ${ACCOUNT}`,
    );
  return {
    name: contextName ?? cluster,
    url: server.server.replace(/\/$/, ''),
    token,
    cert,
    key: pem(way['client-key-data'], way['client-key']),
    ca: pem(
      server['certificate-authority-data'],
      server['certificate-authority'],
    ),
    skipTlsVerify: server['insecure-skip-tls-verify'] ?? false,
  };
}

/** The same for a portal, which wants a token. */
export function readPortalKubeconfig(
  file: string,
): NamedAccess & { token: string } {
  const { token, ...access } = readKubeconfig(file);
  if (!token)
    throw new ExpectedError(
      `${file}: its user signs in with a certificate, and the portal needs a token. ${ACCOUNT}`,
    );
  return { ...access, token };
}
