import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';

/** What the connections of a cluster trust and show. */
export interface TlsOptions {
  /** PEM; absent: the usual certificates */
  ca?: string;
  skipVerify: boolean;
  /** PEM, of a client certificate */
  cert?: string;
  key?: string;
}

/**
 * Connections by what they are used for, so that neither many watches nor slow readers of logs take those of short calls. HTTP/1.1: one
 * connection a watch, because on a shared one a stall would hit all.
 */
export interface ClusterAgents {
  calls: Dispatcher;
  watches: Dispatcher;
  streams: Dispatcher;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_CALLS = 16;
/** 20 kinds, or 20 namespaces with a few kinds each */
const MAX_WATCHES = 512;
const MAX_STREAMS = 256;

type Environment = Record<string, string | undefined>;

/** Proxies that the environment names, or undefined when it names none. */
function proxiesOf(env: Environment) {
  const httpProxy = env.http_proxy ?? env.HTTP_PROXY;
  const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY;
  const noProxy = env.no_proxy ?? env.NO_PROXY;
  return httpProxy || httpsProxy
    ? { httpProxy, httpsProxy, noProxy }
    : undefined;
}

/** Agents of one cluster. Where the environment names an HTTP proxy they go through it, except for hosts in `NO_PROXY`. */
export function createAgents(
  { ca, skipVerify, cert, key }: TlsOptions,
  env: Environment = process.env,
): ClusterAgents {
  const tls = {
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: !skipVerify,
    ...(ca && { ca }),
    ...(cert && { cert, key }),
  };
  const proxies = proxiesOf(env);
  const agent = (connections: number): Dispatcher =>
    proxies
      ? new EnvHttpProxyAgent({
          ...proxies,
          ...{ connections, connect: tls, requestTls: tls },
        })
      : new Agent({ connections, connect: tls });
  const agents = [agent(MAX_CALLS), agent(MAX_WATCHES), agent(MAX_STREAMS)];
  const [calls, watches, streams] = agents;
  return {
    ...{ calls, watches, streams },
    async close() {
      await Promise.all(agents.map(each => each.destroy()));
    },
  };
}
