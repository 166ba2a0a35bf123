import type {
  JsonObject,
  KubeJson,
  KubeObject,
} from '@amamba/backstage-plugin-amamba-common';
import { toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type { JsonPatchOperation } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import type { Progress } from '../../operations';
import { applyDocument, type PlannedObject } from './ManifestPlanner';

/** An object of a text that is in the cluster now. */
export interface WrittenObject extends PlannedObject {
  /** as it was written */
  written: KubeObject;
}

const nameOf = ({ document }: PlannedObject) =>
  `${document.kind}/${document.name}`;

/** Something of a text could not be written, and what was written before it is as it was again, or is not. */
class HalfWayError extends Error {
  readonly remedy: string;

  constructor(message: string, left: readonly string[]) {
    super(message);
    this.name = 'ConflictError';
    this.remedy =
      left.length === 0
        ? 'Nothing is left of it. Mend the cause, and do it again.'
        : `Look at ${left.join(', ')}: what was done there could not be undone.`;
  }
}

function pointer(...keys: string[]): string {
  return keys
    .map(key => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}

/** What makes an object what it was, but for its status and what only the cluster writes. */
function restoring(
  before: JsonObject,
  written: JsonObject,
): JsonPatchOperation[] {
  const operations: JsonPatchOperation[] = [];
  const put = (
    path: string,
    old: KubeJson | undefined,
    now: KubeJson | undefined,
  ) => {
    if (old !== undefined) {
      operations.push({ op: 'add', path, value: old as JsonValue });
    } else if (now !== undefined) operations.push({ op: 'remove', path });
  };
  const own = ['apiVersion', 'kind', 'metadata', 'status'];
  for (const key of Object.keys({ ...before, ...written })) {
    if (!own.includes(key)) put(pointer(key), before[key], written[key]);
  }
  const metadata = (object: JsonObject) => object.metadata as JsonObject;
  for (const key of ['labels', 'annotations', 'ownerReferences']) {
    put(
      pointer('metadata', key),
      metadata(before)[key],
      metadata(written)[key],
    );
  }
  return operations;
}

/** Writes what was planned: all of it, or nothing that stays. */
export class ManifestWriter {
  async write(
    namespace: OwnedNamespace,
    objects: readonly PlannedObject[],
    { force }: { force: boolean },
    progress: Progress,
  ): Promise<WrittenObject[]> {
    const done: WrittenObject[] = [];
    for (const object of objects) {
      progress.step(
        `${nameOf(object)} is ${object.before ? 'changed' : 'created'}`,
      );
      try {
        const { object: written } = await applyDocument(namespace, object, {
          force,
        });
        done.push({ ...object, written });
      } catch (error) {
        progress.failed();
        throw await this.#undo(
          namespace,
          done,
          object,
          toError(error),
          progress,
        );
      }
    }
    return done;
  }

  async #undo(
    namespace: OwnedNamespace,
    done: readonly WrittenObject[],
    failed: PlannedObject,
    error: Error,
    progress: Progress,
  ): Promise<Error> {
    const left: string[] = [];
    for (const object of [...done].reverse()) {
      progress.step(
        object.before
          ? `${nameOf(object)} is made what it was`
          : `${nameOf(object)} is deleted again`,
      );
      try {
        await this.#undoOne(namespace, object);
      } catch {
        left.push(nameOf(object));
      }
    }
    return new HalfWayError(
      `${nameOf(failed)} could not be written: ${error.message}`,
      left,
    );
  }

  async #undoOne(
    namespace: OwnedNamespace,
    { type, document, before, written }: WrittenObject,
  ): Promise<void> {
    if (before) {
      const patch = restoring(
        before as object as JsonObject,
        written as object as JsonObject,
      );
      await namespace.patch(type, document.name, { type: 'json', patch });
      return;
    }
    await namespace.delete(type, document.name, { uid: written.metadata.uid });
  }
}
