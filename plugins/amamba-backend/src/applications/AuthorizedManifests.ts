import {
  applicationCreatePermission,
  applicationUpdatePermission,
  type Manifest,
  type ManifestCheck,
  type ManifestDraft,
  type Operation,
} from '@amamba/backstage-plugin-amamba-common';
import type { AuditService } from '../audit';
import type { CallOptions } from '../http';
import type { AuditedOperations } from '../operations';
import type { Authorizer } from '../permissions';
import {
  targetOf,
  type ApplicationAccess,
  type ApplicationNames,
  type ApplicationOfCaller,
  type PlaceOfCaller,
} from './ApplicationAccess';
import type { ManifestEditor } from './manifests/ManifestEditor';
import {
  checkOf,
  type ManifestPlan,
  type ManifestPlanner,
} from './manifests/ManifestPlanner';
import type { ManifestTexts } from './manifests/ManifestTexts';
import type { ManifestWriter } from './manifests/ManifestWriter';
import { refusal } from './manifests/problems';
import { objectOf, typeOf, type ObjectNames } from './objectTypes';

/** A namespace to write manifests into. */
type DraftForPlace = ManifestDraft & { cluster: string; namespace: string };

/** Names of objects that stand in the trail. */
const MAX_NAMED = 20;

function objectsOf({ objects }: ManifestPlan): string {
  const names = objects.map(
    ({ document: { kind, name }, before }) =>
      `${kind}/${name}${before ? '' : ' (new)'}`,
  );
  const more = names.length - MAX_NAMED;
  return [
    ...names.slice(0, MAX_NAMED),
    ...(more > 0 ? [`${more} more`] : []),
  ].join(', ');
}

/** What the text is about, in a word: its Application, else the first workload, else the first object. */
function mainOf({ objects }: ManifestPlan): string {
  const documents = objects.map(({ document }) => document);
  const main =
    documents.find(({ kind }) => kind === 'Application') ??
    documents.find(({ apiVersion }) => /^(?:apps|batch)\//.test(apiVersion)) ??
    documents[0];
  return main ? `${main.kind}/${main.name}` : '';
}

/** Manifests as callers write them: judged, checked, written and recorded. */
export class AuthorizedManifests {
  readonly #access: ApplicationAccess;
  readonly #authorizer: Authorizer;
  readonly #audit: AuditService;
  readonly #operations: AuditedOperations;
  readonly #planner: ManifestPlanner;
  readonly #writer: ManifestWriter;
  readonly #editor: ManifestEditor;
  readonly #texts: ManifestTexts;

  constructor(options: {
    access: ApplicationAccess;
    authorizer: Authorizer;
    audit: AuditService;
    operations: AuditedOperations;
    planner: ManifestPlanner;
    writer: ManifestWriter;
    editor: ManifestEditor;
    texts: ManifestTexts;
  }) {
    this.#access = options.access;
    this.#authorizer = options.authorizer;
    this.#audit = options.audit;
    this.#operations = options.operations;
    this.#planner = options.planner;
    this.#writer = options.writer;
    this.#editor = options.editor;
    this.#texts = options.texts;
  }

  /** What manifests would do in a namespace, and what is wrong with them. Nothing is written. */
  async check(
    names: { workspace: string },
    draft: DraftForPlace,
    options: CallOptions,
  ): Promise<ManifestCheck> {
    const place = await this.#access.place({ ...draft, ...names }, options);
    await this.#authorizer.require(
      applicationCreatePermission,
      { workspace: place.workspace, application: targetOf(place) },
      options,
    );
    const plan = await this.#planner.plan(place.namespace, draft.yaml, draft);
    await this.#requireUpdate(place, plan, options);
    return checkOf(plan);
  }

  /** Writes manifests into a namespace: all of them, or none. */
  async apply(
    names: { workspace: string },
    draft: DraftForPlace,
    options: CallOptions,
  ): Promise<Operation> {
    const place = await this.#access.place({ ...draft, ...names }, options);
    const { workspace, namespace } = place;
    return this.#operations.begin(
      {
        action: 'application.apply',
        permission: applicationCreatePermission,
        workspace,
        target: { application: targetOf(place) },
        object: {
          kind: 'namespace',
          name: `${namespace.cluster}/${namespace.name}`,
        },
        details: { force: draft.force },
      },
      options,
      async ({ add }) => {
        const plan = await this.#planner.plan(namespace, draft.yaml, draft);
        add({ objects: objectsOf(plan) });
        if (plan.objects.length === 0) throw refusal(plan.problems);
        await this.#requireUpdate(place, plan, options);
        const main = mainOf(plan);
        return {
          kind: 'application.apply',
          object: `${namespace.name}/${main.slice(main.indexOf('/') + 1)}`,
          lock: `${namespace.cluster}/${namespace.name}/${main}`,
          work: async progress => {
            const written = await this.#writer.write(
              ...([namespace, plan.objects, draft, progress] as const),
            );
            for (const object of written) {
              await this.#texts.keep(
                namespace,
                object.written,
                object.document.text,
              );
            }
          },
        };
      },
    );
  }

  /** What an edited text would change. Nothing is written. */
  async checkEdit(
    names: ApplicationNames,
    draft: ManifestDraft & ObjectNames,
    options: CallOptions,
  ): Promise<ManifestCheck> {
    const found = await this.#access.application(names, options);
    await this.#authorizer.require(
      applicationUpdatePermission,
      {
        workspace: found.workspace,
        application: targetOf(found, found.entry),
      },
      options,
    );
    const object = this.#objectOf(found, draft);
    return this.#editor.check(found.namespace, typeOf(object), object, draft);
  }

  /** Changes one object of an application by an edited text. */
  async edit(
    names: ApplicationNames,
    draft: ManifestDraft & ObjectNames,
    options: CallOptions,
  ): Promise<Manifest> {
    const found = await this.#access.application(names, options);
    const { workspace, namespace, entry } = found;
    return this.#audit.act(
      {
        action: 'application.edit',
        permission: applicationUpdatePermission,
        workspace,
        target: { application: targetOf(found, entry) },
        object: {
          kind: 'application',
          name: `${namespace.cluster}/${namespace.name}/${entry.name}`,
        },
        details: { force: draft.force },
      },
      options,
      ({ add }) => {
        const object = this.#objectOf(found, draft);
        add({ object: `${object.kind}/${object.metadata.name}` });
        return this.#editor.apply(namespace, typeOf(object), object, draft);
      },
    );
  }

  #objectOf({ entry, view }: ApplicationOfCaller, names: ObjectNames) {
    return objectOf(entry, view, names);
  }

  /** Whoever may only create changes nothing that is there. */
  async #requireUpdate(
    place: PlaceOfCaller,
    { objects }: ManifestPlan,
    options: CallOptions,
  ): Promise<void> {
    if (objects.every(({ before }) => !before)) return;
    const { workspace } = place;
    await this.#authorizer.require(
      applicationUpdatePermission,
      { workspace, application: targetOf(place) },
      options,
    );
  }
}
