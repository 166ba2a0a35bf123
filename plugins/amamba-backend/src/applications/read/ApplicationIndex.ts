import type { KubeObject } from '@amamba/backstage-plugin-amamba-common';
import type { KindDescriptor } from '../../clusters';
import type { LiveService } from '../../live';
import type { OwnedNamespace } from '../../namespaces';
import type { ApplicationEntry } from './ApplicationEntry';
import { composeApplications } from './compose';
import { APPLICATION_KINDS, gather, type NamespaceObjects } from './gather';

/** A namespace that nobody looks at is no longer followed after this time. */
const IDLE_MS = 5 * 60_000;
/** Some states depend on the time alone: a container that has been starting for too long. */
const OLD_MS = 15_000;

/** What stands in a namespace, and the applications that it makes. */
export interface NamespaceView {
  objects: NamespaceObjects;
  entries: readonly ApplicationEntry[];
}

interface Followed {
  end(): void;
  idle: NodeJS.Timeout;
  view?: { value: NamespaceView; at: number };
}

/** Keeps what applications of a namespace are until something in it changes, and tells open pages when it does. */
export class ApplicationIndex {
  readonly #live: Pick<LiveService, 'changed'>;
  readonly #followed = new Map<string, Followed>();

  constructor(options: { live: Pick<LiveService, 'changed'> }) {
    this.#live = options.live;
  }

  /** What is in a namespace of a workspace now. */
  async view(namespace: OwnedNamespace): Promise<NamespaceView> {
    const followed = this.#follow(namespace);
    const now = Date.now();
    if (followed.view && now - followed.view.at < OLD_MS) {
      return followed.view.value;
    }
    const objects = await gather(namespace);
    const value = { objects, entries: composeApplications(objects, now) };
    const isLive = Object.values(objects).every(
      ({ status }) => status.state === 'live',
    );
    followed.view = isLive ? { value, at: now } : undefined;
    return value;
  }

  /** Ends all. */
  stop(): void {
    for (const followed of this.#followed.values()) {
      clearTimeout(followed.idle);
      followed.end();
    }
    this.#followed.clear();
  }

  #follow(namespace: OwnedNamespace): Followed {
    const { record } = namespace;
    // Another identity or owner is another namespace, whatever its name.
    const key = [
      ...[record.cluster, record.name, record.uid, record.workspaceRef],
    ].join('/');
    const known = this.#followed.get(key);
    if (known) {
      known.idle.refresh();
      return known;
    }
    const ends = Object.values<KindDescriptor<KubeObject>>(
      APPLICATION_KINDS,
    ).map(kind =>
      namespace.onChange(kind, () => this.#changed(key, namespace, kind.kind)),
    );
    const end = () => ends.forEach(stop => stop());
    const idle = setTimeout(() => {
      this.#followed.delete(key);
      end();
    }, IDLE_MS);
    idle.unref();
    const followed: Followed = { end, idle };
    this.#followed.set(key, followed);
    return followed;
  }

  #changed(key: string, namespace: OwnedNamespace, kind: string): void {
    const followed = this.#followed.get(key);
    if (followed) followed.view = undefined;
    this.#live.changed({
      type: 'namespace',
      workspace: namespace.workspace.name,
      cluster: namespace.cluster,
      namespace: namespace.name,
      kinds: [kind],
    });
  }
}
