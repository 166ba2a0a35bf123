import type { ClusterRequest, ClusterTransport } from './ClusterTransport';
import { path } from '../../http';
import type { CallOptions, Discovery, ServedResource } from './types';

/** Both forms of aggregated discovery; servers before 1.27 have neither. */
const ACCEPT = ['v2', 'v2beta1']
  .map(
    version =>
      `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
  )
  .join(',');
const KEEP_MS = 60_000;

interface DiscoveryBody {
  items?: {
    metadata?: { name?: string };
    versions?: {
      version: string;
      resources?: {
        resource: string;
        responseKind?: { kind?: string };
        scope?: string;
        verbs?: string[];
        subresources?: { subresource: string }[];
      }[];
    }[];
  }[];
}

function resourcesOf({ items = [] }: DiscoveryBody): ServedResource[] {
  return items.flatMap(({ metadata, versions = [] }) =>
    versions.flatMap(({ version, resources = [] }) =>
      resources.map(resource => ({
        group: metadata?.name ?? '',
        version,
        plural: resource.resource,
        kind: resource.responseKind?.kind ?? '',
        namespaced: resource.scope === 'Namespaced',
        verbs: resource.verbs ?? [],
        subresources: (resource.subresources ?? []).map(
          ({ subresource }) => subresource,
        ),
      })),
    ),
  );
}

/** What a cluster serves, out of the resources in the order of its preference. */
export function createDiscovery(
  resources: readonly ServedResource[],
): Discovery {
  const groups = new Set(resources.map(({ group }) => group));
  return {
    resources,
    find: ({ group, kind, plural, version }) =>
      resources.find(
        served =>
          served.group === group &&
          (kind === undefined || served.kind === kind) &&
          (plural === undefined || served.plural === plural) &&
          (version === undefined || served.version === version),
      ),
    hasGroup: group => groups.has(group),
  };
}

type Part = { etag?: string; resources: ServedResource[] };

/** Asks what a cluster serves, and keeps it; afterwards only whether it changed. */
export class DiscoveryReader {
  readonly #transport: ClusterTransport;
  readonly #parts = new Map<string, Part>();
  #current: { found: Discovery; at: number } | undefined;
  #asking: Promise<Discovery> | undefined;

  constructor(transport: ClusterTransport) {
    this.#transport = transport;
  }

  async read(
    options: CallOptions & { fresh?: boolean } = {},
  ): Promise<Discovery> {
    const { fresh, ...call } = options;
    if (!fresh && this.#current && Date.now() - this.#current.at < KEEP_MS) {
      return this.#current.found;
    }
    this.#asking ??= this.#ask(call).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(options: CallOptions): Promise<Discovery> {
    const before = [...this.#parts.values()];
    const parts = [
      await this.#part('api', options),
      await this.#part('apis', options),
    ];
    const same =
      this.#current && parts.every((part, index) => part === before[index]);
    const found =
      same && this.#current
        ? this.#current.found
        : createDiscovery(parts.flatMap(({ resources }) => resources));
    this.#current = { found, at: Date.now() };
    return found;
  }

  async #part(root: 'api' | 'apis', options: CallOptions): Promise<Part> {
    const known = this.#parts.get(root);
    const request: ClusterRequest = {
      ...options,
      path: path`/${root}`,
      what: 'the kinds that it serves',
      accept: ACCEPT,
      headers: known?.etag ? { 'if-none-match': known.etag } : undefined,
    };
    const answer = await this.#transport.text(request);
    if (answer.status === 304 && known) return known;
    const part = {
      etag: answer.headers.etag,
      resources: resourcesOf(
        this.#transport.parse<DiscoveryBody>(request, answer),
      ),
    };
    this.#parts.set(root, part);
    return part;
  }
}
