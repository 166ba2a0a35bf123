import { toError } from '@backstage/errors';
import type { Cluster } from '../clusters';
import { NamespaceKeeper } from './NamespaceKeeper';
import type { NamespaceKey } from './NamespacesStore';

function idOf({ cluster, name }: NamespaceKey): string {
  return `${cluster}/${name}`;
}

/** Where the portal's account may write, as it was last told: each answer is a question to the cluster. */
export class WriteAccess {
  readonly #known = new Map<string, { may: boolean; at: number }>();

  /** The last answer; undefined when it was never asked. */
  known(key: NamespaceKey): boolean | undefined {
    return this.#known.get(idOf(key))?.may;
  }

  /**
   * Asks, unless the last answer is newer. A cluster that does not say changes nothing.
   * @param keepMs - how old an answer may be
   */
  async ask(cluster: Cluster, key: NamespaceKey, keepMs: number) {
    const known = this.#known.get(idOf(key));
    if (known && Date.now() - known.at < keepMs) return;
    try {
      const may = await new NamespaceKeeper(cluster).mayWrite(key.name);
      this.#known.set(idOf(key), { may, at: Date.now() });
    } catch (error) {
      // that the cluster does not answer is said elsewhere
      if (toError(error).name === 'NotFoundError') this.forget(key);
    }
  }

  /** It was changed: what is known is old. */
  forget(key: NamespaceKey): void {
    this.#known.delete(idOf(key));
  }
}
