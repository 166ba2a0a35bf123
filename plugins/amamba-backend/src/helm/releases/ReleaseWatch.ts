import {
  healthAnswer,
  worstHealth,
} from '@amamba/backstage-plugin-amamba-common';
import { healthOf, type ApplicationIndex } from '../../applications';
import type { OwnedNamespace } from '../../namespaces';

const LOOK_MS = 2_000;

/** Looks at the workloads of a release while Helm works on it. */
export class ReleaseWatch {
  readonly #index: Pick<ApplicationIndex, 'view'>;

  constructor(options: { index: Pick<ApplicationIndex, 'view'> }) {
    this.#index = options.index;
  }

  /** @returns what its workloads complained of at last, in a sentence, and what ends the looking */
  begin(
    namespace: OwnedNamespace,
    name: string,
  ): { worst(): string | undefined; end(): void } {
    let worst: string | undefined;
    const look = async () => {
      const { entries, objects } = await this.#index.view(namespace);
      const entry = entries.find(
        each => each.kind === 'helm' && each.name === name,
      );
      const now = Date.now();
      const health = worstHealth(
        (entry?.workloads ?? []).map(each => healthOf(each, objects, now)),
      );
      if (health && ['failed', 'unstable'].includes(health.status)) {
        worst = healthAnswer(health).sentence ?? worst;
      }
    };
    const timer = setInterval(() => {
      // The next look finds what this one could not.
      look().catch(() => {});
    }, LOOK_MS);
    return { worst: () => worst, end: () => clearInterval(timer) };
  }
}
