import type {
  KubernetesAccessSlot,
  KubernetesConnection,
} from '@amamba/backstage-plugin-amamba-node';
import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import type { ClusterEndpoint } from '../client/endpoint';
import { bridgeWay, proxyWay, type ClusterWay } from './ways';

/** A cluster, and how to get there. */
export interface SourcedCluster {
  connection: KubernetesConnection;
  endpoint: ClusterEndpoint;
}

/** What was listed last. */
export interface SourceListing {
  clusters: readonly SourcedCluster[];
  problem?: string;
  asOf?: Date;
}

const SWITCH = 'amamba.kubernetes.access';
const NONE_CONFIGURED =
  'The portal has no clusters: add a kubernetes section to its configuration, the kubernetes plugin, and the module that connects it with Amamba';
/** The catalog may be asked for every list. */
const KEEP_MS = 60_000;
const RETRY_MS = 10_000;
/** The bridge is there some milliseconds after the kubernetes plugin started. */
const BRIDGE_WAIT_MS = 10_000;

type Choice = 'auto' | 'proxy' | 'none';

function choiceOf(config: Config): Choice {
  const choice = config.getOptionalString(SWITCH) ?? 'auto';
  if (choice === 'proxy') return 'proxy';
  if (choice !== 'auto') {
    throw new InputError(`Configuration ${SWITCH}: must be auto or proxy`);
  }
  return config.has('kubernetes') ? 'auto' : 'none';
}

function sameConnection(a: KubernetesConnection, b: KubernetesConnection) {
  return (
    a.url === b.url &&
    a.ca === b.ca &&
    (a.skipTlsVerify ?? false) === (b.skipTlsVerify ?? false) &&
    a.authProvider === b.authProvider
  );
}

/**
 * The clusters of the portal's configuration: in process by the bridge module; where that does not come, through the kubernetes plugin's
 * HTTP proxy. Keeps the last good list when listing fails.
 */
export class ClusterSource {
  readonly #choice: Choice;
  readonly #slot: KubernetesAccessSlot;
  readonly #proxy: ClusterWay;
  readonly #logger: LoggerService;
  readonly #waitsUntil: number;
  #way: ClusterWay | undefined;
  #listing: SourceListing = { clusters: [] };
  #dueAt = 0;
  #reading: Promise<SourceListing> | undefined;

  /** @throws InputError for a switch that it does not know */
  constructor(options: {
    config: Config;
    slot: KubernetesAccessSlot;
    discovery: DiscoveryService;
    auth: AuthService;
    logger: LoggerService;
    bridgeWaitMs?: number;
  }) {
    this.#choice = choiceOf(options.config);
    this.#slot = options.slot;
    this.#proxy = proxyWay(options);
    this.#logger = options.logger;
    this.#waitsUntil = Date.now() + (options.bridgeWaitMs ?? BRIDGE_WAIT_MS);
  }

  /** Never throws. */
  async list(): Promise<SourceListing> {
    if (this.#choice === 'none') {
      return { clusters: [], problem: NONE_CONFIGURED };
    }
    if (Date.now() < this.#dueAt) return this.#listing;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<SourceListing> {
    try {
      const way = await this.#findWay();
      const found = await way.list();
      const isSameWay = way === this.#way;
      this.#way = way;
      this.#listing = {
        clusters: found.map(connection => this.#sourced(connection, isSameWay)),
        asOf: new Date(),
      };
      this.#dueAt = Date.now() + KEEP_MS;
    } catch (error) {
      const { message } = toError(error);
      this.#logger.warn(`The clusters cannot be listed: ${message}`);
      this.#listing = {
        ...this.#listing,
        problem: `The clusters of the portal cannot be listed: ${message}`,
      };
      this.#dueAt = Date.now() + RETRY_MS;
    }
    return this.#listing;
  }

  /** The one of before while nothing about it changed: its connections and credential go on. */
  #sourced(
    connection: KubernetesConnection,
    isSameWay: boolean,
  ): SourcedCluster {
    const known = this.#listing.clusters.find(
      cluster => cluster.connection.name === connection.name,
    );
    const isSame =
      isSameWay && known && sameConnection(known.connection, connection);
    return {
      connection,
      endpoint: isSame
        ? known.endpoint
        : (this.#way ?? this.#proxy).endpoint(connection),
    };
  }

  async #findWay(): Promise<ClusterWay> {
    if (this.#choice === 'proxy') return this.#proxy;
    const waitMs = this.#waitsUntil - Date.now();
    if (!this.#slot.current && waitMs > 0) {
      let timer: NodeJS.Timeout | undefined;
      const waited = new Promise<void>(resolve => {
        timer = setTimeout(resolve, waitMs);
      });
      await Promise.race([this.#slot.get(), waited]);
      clearTimeout(timer);
    }
    const { current } = this.#slot;
    if (!current) return this.#proxy;
    if (!this.#way || this.#way === this.#proxy) {
      return bridgeWay(current);
    }
    return this.#way;
  }
}
