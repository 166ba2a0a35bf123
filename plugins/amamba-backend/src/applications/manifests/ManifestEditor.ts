import {
  diffManifests,
  isJsonObject,
  keptFields,
  MASKED,
  otherOwners,
  pathText,
  takenOver,
  toYaml,
  withoutFields,
  withResourceVersion,
  type JsonObject,
  type KubeObject,
  type Manifest,
  type ManifestCheck,
  type ManifestDraft,
  type PathStep,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import { kubernetesDetails, type ResourceType } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import { valueOf, type ManifestTexts } from './ManifestTexts';
import {
  applyDocument,
  checkOf,
  ManifestPlanner,
  PORTAL_MANAGER,
  type ManifestPlan,
  type PlannedObject,
} from './ManifestPlanner';
import { isRefused, problemAt, refusal } from './problems';

/** A status that changes between reading and writing is no reason to refuse. */
const ATTEMPTS = 5;

/** An edited text as it is tried. */
interface Edit extends ManifestPlan {
  live: KubeObject;
  /** what the user took out and others keep there */
  kept: { path: PathStep[]; owners: string[] }[];
}

const asJson = (object: KubeObject) => object as object as JsonObject;

/** The values of a Secret that the user left masked, as they are. */
function unmasked(manifest: JsonObject, live: JsonObject): JsonObject {
  const filled = (key: 'data' | 'stringData') => {
    const part = manifest[key];
    const now = isJsonObject(live.data) ? live.data : {};
    if (!isJsonObject(part)) return {};
    return {
      [key]: Object.fromEntries(
        Object.entries(part).map(([name, value]) => [
          name,
          value === MASKED ? (now[name] ?? '') : value,
        ]),
      ),
    };
  };
  return { ...manifest, ...filled('data'), ...filled('stringData') };
}

/** Changes one object by an edited text. Knows no caller: who may what is decided before. */
export class ManifestEditor {
  readonly #planner: ManifestPlanner;
  readonly #texts: ManifestTexts;

  constructor(options: { planner: ManifestPlanner; texts: ManifestTexts }) {
    this.#planner = options.planner;
    this.#texts = options.texts;
  }

  /** What an edited text would change. Nothing is written. */
  async check(
    namespace: OwnedNamespace,
    type: ResourceType,
    found: KubeObject,
    draft: ManifestDraft,
  ): Promise<ManifestCheck> {
    const edit = await this.#try(namespace, type, found, draft);
    const answer = checkOf(edit);
    const [object] = edit.objects;
    if (!object || !draft.force || edit.kept.length === 0) return answer;
    const after = withoutFields(
      asJson(object.after),
      edit.kept.map(({ path }) => path),
    );
    const { change, hunks } = diffManifests(asJson(edit.live), after);
    return {
      ...answer,
      diff: [{ ...answer.diff[0], change, hunks: [...hunks] }],
    };
  }

  /**
   * Changes an object; answers it as it is then.
   * @throws ConflictError when it was changed since the text was read, or when others own a field; InputError for a wrong text
   */
  async apply(
    namespace: OwnedNamespace,
    type: ResourceType,
    found: KubeObject,
    draft: ManifestDraft,
  ): Promise<Manifest> {
    for (let attempt = 1; ; attempt++) {
      const { objects, problems, live, kept } = await this.#try(
        namespace,
        type,
        found,
        draft,
      );
      const [object] = objects;
      if (isRefused(problems) || !object) throw refusal(problems);
      try {
        const written = await this.#write(namespace, object, live, kept, draft);
        await this.#texts.keep(namespace, written, draft.yaml);
        return await this.#texts.manifestOf(namespace, written);
      } catch (error) {
        const isStale = kubernetesDetails(error)?.type === 'changed';
        if (!isStale || attempt >= ATTEMPTS) throw error;
      }
    }
  }

  async #try(
    namespace: OwnedNamespace,
    type: ResourceType,
    found: KubeObject,
    draft: ManifestDraft,
  ): Promise<Edit> {
    const { apiVersion, kind, metadata } = found;
    const live = await namespace.get<KubeObject>(type, metadata.name);
    const shown = await this.#texts.manifestOf(namespace, live);
    const { resourceVersion } = draft;
    if (
      resourceVersion !== undefined &&
      resourceVersion !== shown.resourceVersion &&
      resourceVersion !== live.metadata.resourceVersion
    ) {
      throw new ConflictError(
        `${kind} ${metadata.name} was changed since this text was read. Load it again, and repeat your change.`,
      );
    }
    const yaml =
      kind === 'Secret' ? this.#secretText(draft.yaml, live) : draft.yaml;
    const plan = await this.#planner.plan(namespace, yaml, {
      force: draft.force,
      object: { apiVersion, kind, name: metadata.name },
    });
    const [object] = plan.objects;
    if (!object) return { ...plan, live, kept: [] };
    const kept = this.#kept(
      object,
      live,
      await this.#texts.shown(namespace, live),
    );
    if (!draft.force) {
      plan.problems.push(
        ...kept.map(({ path, owners }) =>
          problemAt(object.document, {
            message: `${pathText(path)} stays: ${owners.join(', ')} owns it too.`,
            path: pathText(path),
            manager: owners[0],
            kind: 'conflict',
            remedy: 'Put it back into the text, or take it over.',
          }),
        ),
      );
    }
    return { ...plan, live, kept };
  }

  #kept(object: PlannedObject, live: KubeObject, shown: JsonObject) {
    const after = asJson(object.after);
    return keptFields(shown, object.document.manifest, after).flatMap(path => {
      const owners = otherOwners(asJson(live), path, PORTAL_MANAGER);
      // What nobody owns is a default, which comes back by itself.
      return owners.length > 0 ? [{ path, owners }] : [];
    });
  }

  async #write(
    namespace: OwnedNamespace,
    { document, type }: PlannedObject,
    live: KubeObject,
    kept: Edit['kept'],
    { force }: ManifestDraft,
  ): Promise<KubeObject> {
    let version = live.metadata.resourceVersion ?? '';
    if (kept.length > 0) {
      const owners = kept.flatMap(entry => entry.owners);
      const { object } = await namespace.patch<KubeObject>(
        type,
        document.name,
        {
          type: 'merge',
          patch: {
            metadata: {
              resourceVersion: version,
              managedFields: takenOver(
                asJson(live),
                owners,
                PORTAL_MANAGER,
              ) as unknown[] as JsonValue[],
            },
          },
        },
      );
      version = object.metadata.resourceVersion ?? '';
    }
    const { object } = await applyDocument(
      namespace,
      { document, type },
      { force, text: withResourceVersion(document.text, version) },
    );
    return object;
  }

  #secretText(yaml: string, live: KubeObject): string {
    const manifest = yaml.includes(MASKED) ? valueOf(yaml) : undefined;
    return manifest ? toYaml(unmasked(manifest, asJson(live))) : yaml;
  }
}
