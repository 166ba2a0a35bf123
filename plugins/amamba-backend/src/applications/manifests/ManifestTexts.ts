import {
  editableManifest,
  fieldManagers,
  followManifest,
  isJsonObject,
  kubeGroup,
  maskSecret,
  readYaml,
  toYaml,
  type JsonObject,
  type KubeObject,
  type Manifest,
} from '@amamba/backstage-plugin-amamba-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { createHash } from 'crypto';
import type { OwnedNamespace } from '../../namespaces';
import { instant } from '../view';
import type { ManifestTextsStore, TextKey } from './ManifestTextsStore';

/** Fields of a manager that a page shows. */
const MAX_FIELDS = 200;

function keyOf(namespace: OwnedNamespace, object: KubeObject): TextKey {
  const group = kubeGroup(object.apiVersion);
  return {
    cluster: namespace.cluster,
    namespace: namespace.name,
    kind: group ? `${object.kind}.${group}` : object.kind,
    name: object.metadata.name,
  };
}

/** What a text says, when it is one manifest. */
export function valueOf(text: string): JsonObject | undefined {
  const reading = readYaml(text);
  if ('problem' in reading) return undefined;
  const values = reading.documents.flatMap(({ value }) =>
    isJsonObject(value) ? [value] : [],
  );
  return values.length === 1 ? values[0] : undefined;
}

/**
 * The text that an editor shows of an object: the one that its author wrote, with comments, brought up to what the cluster has now;
 * else one that is made from the object. Texts of Secrets are not kept.
 */
export class ManifestTexts {
  readonly #store: ManifestTextsStore;
  readonly #logger: LoggerService;

  constructor(options: { store: ManifestTextsStore; logger: LoggerService }) {
    this.#store = options.store;
    this.#logger = options.logger;
  }

  /** A live object as a text to read and to edit; the values of a Secret are masked. */
  async manifestOf(
    namespace: OwnedNamespace,
    object: KubeObject,
  ): Promise<Manifest> {
    return {
      object: `${object.kind}/${object.metadata.name}`,
      yaml: await this.#text(namespace, object),
      resourceVersion: versionOf(object),
      managers: fieldManagers(object.metadata.managedFields).map(
        ({ manager, operation, subresource, time, fields }) => ({
          manager: subresource ? `${manager} (${subresource})` : manager,
          operation,
          at: time && instant(time),
          fields: fields.slice(0, MAX_FIELDS),
        }),
      ),
    };
  }

  /** What that text says. */
  async shown(
    namespace: OwnedNamespace,
    object: KubeObject,
  ): Promise<JsonObject> {
    return valueOf(await this.#text(namespace, object)) ?? editableOf(object);
  }

  /** Keeps a text that was written into the cluster, of whatever is not secret. */
  async keep(
    namespace: OwnedNamespace,
    object: KubeObject,
    text: string,
  ): Promise<void> {
    if (object.kind === 'Secret' || !object.metadata.uid) return;
    try {
      const key = keyOf(namespace, object);
      const own = text.replace(/^---[ \t]*\r?\n/, '');
      await this.#store.keep(key, object.metadata.uid, own);
    } catch (error) {
      // The object is written: without its text only the comments are lost.
      this.#logger.warn('The text of a manifest was not kept', toError(error));
    }
  }

  /** Forgets the text of an object that is gone. */
  async forget(namespace: OwnedNamespace, object: KubeObject): Promise<void> {
    await this.#store.forget(keyOf(namespace, object));
  }

  async #text(namespace: OwnedNamespace, object: KubeObject): Promise<string> {
    const made = editableOf(object);
    if (object.kind === 'Secret' || !object.metadata.uid) return toYaml(made);
    const kept = await this.#store.find(
      keyOf(namespace, object),
      object.metadata.uid,
    );
    const text = kept && followManifest(kept, made);
    return text || toYaml(made);
  }
}

/** What stands of an object in an editor when nobody keeps a text of it. */
function editableOf(object: KubeObject): JsonObject {
  return editableManifest(maskSecret(object as object as JsonObject));
}

/** Changes with everything of an object that a text can say, and not with its status. */
function versionOf(object: KubeObject): string | undefined {
  const { uid, resourceVersion } = object.metadata;
  // A hash of a short secret could be tried out.
  if (object.kind === 'Secret') return resourceVersion;
  const said = editableManifest(object as object as JsonObject);
  return createHash('sha256')
    .update(JSON.stringify([uid, said]))
    .digest('hex')
    .slice(0, 32);
}
