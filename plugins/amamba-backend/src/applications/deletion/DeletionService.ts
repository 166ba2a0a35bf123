import type {
  KubeObject,
  Propagation,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError, toError } from '@backstage/errors';
import { setTimeout as sleep } from 'timers/promises';
import type { DeleteOptions } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import type { Progress } from '../../operations';
import { setPartOf } from '../importing/setPartOf';
import { liveObject } from '../manifests/ManifestPlanner';
import type { ManifestTexts } from '../manifests/ManifestTexts';
import { typeOf } from '../objectTypes';
import { nameOf, type DeletionPlan } from './planDeletion';

const POLICIES: Record<Propagation, DeleteOptions['propagation']> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
};

const WAIT_MS = 120_000;
const PAUSE_MS = 500;

/** Not everything could be deleted. */
class LeftOverError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'ConflictError';
    this.remedy = remedy;
  }
}

/** Deletes what was planned. Knows no caller: who may what is decided before. */
export class DeletionService {
  readonly #texts: ManifestTexts;

  constructor(options: { texts: ManifestTexts }) {
    this.#texts = options.texts;
  }

  /**
   * Deletes the objects of a plan. What can't be deleted is left, with the application itself, so that it can be tried again; the others
   * go all the same.
   */
  async run(
    namespace: OwnedNamespace,
    { objects, kept, ungrouped }: DeletionPlan,
    propagation: Propagation,
    progress: Progress,
  ): Promise<void> {
    const problems: string[] = [];
    for (const object of objects) {
      const isGroup = object.kind === 'Application';
      if (isGroup && problems.length > 0) break;
      progress.step(`${nameOf(object)} is deleted`);
      try {
        await namespace.delete(typeOf(object), object.metadata.name, {
          uid: object.metadata.uid,
          // Whatever an application owns goes with it, unless it is told to let go.
          propagation:
            POLICIES[isGroup && kept.length > 0 ? 'orphan' : propagation],
        });
        await this.#texts.forget(namespace, object);
      } catch (error) {
        if (error instanceof NotFoundError) continue;
        progress.failed();
        problems.push(`${nameOf(object)}: ${toError(error).message}`);
      }
    }
    if (problems.length > 0) {
      throw new LeftOverError(
        `Not deleted were ${problems.join('; ')}`,
        'Mend the cause, and delete it again: what is gone stays gone.',
      );
    }
    for (const object of ungrouped) {
      progress.step(`${nameOf(object)} is let go`);
      await setPartOf(namespace, object, null, {});
    }
    if (propagation === 'foreground') {
      await this.#untilGone(namespace, objects, progress);
    }
  }

  async #untilGone(
    namespace: OwnedNamespace,
    objects: readonly KubeObject[],
    progress: Progress,
  ): Promise<void> {
    progress.step('Waiting until everything below is gone');
    const end = Date.now() + WAIT_MS;
    let left = [...objects];
    for (;;) {
      const now = await Promise.all(
        left.map(one => this.#live(namespace, one)),
      );
      left = now.filter(object => object !== undefined);
      if (left.length === 0) return;
      if (Date.now() > end) break;
      await sleep(PAUSE_MS);
    }
    const waits = left.map(object => {
      const { finalizers = [] } = object.metadata;
      return `${nameOf(object)} (${finalizers.join(', ') || 'no finalizer'})`;
    });
    throw new LeftOverError(
      `Still there after two minutes: ${waits.join('; ')}`,
      'They go once what their finalizers stand for is done. Look at the controllers of these.',
    );
  }

  /** The object, as long as it is this very one. */
  async #live(
    namespace: OwnedNamespace,
    { apiVersion, kind, metadata }: KubeObject,
  ): Promise<KubeObject | undefined> {
    const type = typeOf({ apiVersion, kind });
    const found = await liveObject(namespace, type, metadata.name);
    return found?.metadata.uid === metadata.uid ? found : undefined;
  }
}
