import {
  diffManifests,
  manifestKindVerdict,
  type JsonObject,
  type KubeObject,
  type ManifestProblem,
  type ObjectDiff,
  type ReleasePreview,
} from '@amamba/backstage-plugin-amamba-common';
import { NotFoundError, toError } from '@backstage/errors';
import limiter from 'p-limit';
import { kubernetesDetails, type Discovery } from '../../clusters';
import type { OwnedNamespace } from '../../namespaces';
import { HelmError } from '../program/failures';
import type { ChartChange, Helm, RenderedRelease } from '../program/Helm';
import type { HelmRecord } from './decode';
import { goneFrom, renderedObjects, type RenderedObject } from './manifests';
import { valuesProblems } from './values';

const AT_ONCE = 8;
const MAX_OBJECTS = 500;
const MANAGER = 'helm';

/** What a change would do, with what the cluster says to it. */
export interface ReleasePlan {
  diff: ObjectDiff[];
  problems: ManifestProblem[];
  notes?: string;
  /** hooks by `Kind/name`, with their events */
  hooks: ReadonlyMap<string, string>;
}

/** Whether nothing stands in the way of a plan. */
export function isPossible({
  problems,
}: Pick<ReleasePlan, 'problems'>): boolean {
  return problems.every(({ kind }) => kind === 'warning');
}

/** Finds out what installing or upgrading would change: Helm renders, the cluster checks. Nothing is written. */
export class ReleasePlanner {
  readonly #helm: Helm;

  constructor(options: { helm: Helm }) {
    this.#helm = options.helm;
  }

  /** @param current - the newest revision, for an upgrade */
  async plan(
    namespace: OwnedNamespace,
    wanted: ChartChange,
    current?: HelmRecord,
  ): Promise<ReleasePlan> {
    const nothing = { diff: [], hooks: new Map<string, string>() };
    const wrong = valuesProblems(wanted.values);
    if (wrong.length > 0) return { ...nothing, problems: wrong };
    let rendered: RenderedRelease;
    try {
      rendered = await this.#helm.render(namespace, wanted);
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      const problems = error.failures.map(failure => ({
        message: failure.problem,
        path: failure.path,
        remedy: failure.remedy,
        manager: failure.manager,
        kind: failure.kind,
      }));
      return { ...nothing, problems };
    }
    return this.#check(namespace, wanted, rendered, current);
  }

  async #check(
    namespace: OwnedNamespace,
    { change }: ChartChange,
    rendered: RenderedRelease,
    current: HelmRecord | undefined,
  ): Promise<ReleasePlan> {
    const { objects, problems } = renderedObjects(rendered.manifest ?? '');
    const hooks = (rendered.hooks ?? []).flatMap(hook =>
      renderedObjects(hook.manifest ?? '').objects.map(object => ({
        ...{ object, events: (hook.events ?? []).join(', ') },
      })),
    );
    const all: ManifestProblem[] = problems.map(message => ({
      ...{ message, kind: 'invalid' },
    }));
    if (objects.length + hooks.length > MAX_OBJECTS) {
      all.push({
        message: `The chart makes more than ${MAX_OBJECTS} objects, which the portal does not install.`,
        kind: 'forbidden',
      });
    }
    const discovery = await namespace.discovery();
    const limit = limiter(AT_ONCE);
    const check = (object: RenderedObject, force: boolean) =>
      limit(() => this.#object(namespace, discovery, object, force));
    const checked =
      all.length > 0
        ? []
        : await Promise.all([
            ...objects.map(object => check(object, change.forceConflicts)),
            // hooks are deleted and made anew, so nobody else's fields matter
            ...hooks.map(({ object }) => check(object, true)),
          ]);
    const events = new Map(
      hooks.map(({ object, events: of }) => [object.title, of]),
    );
    const gone = current
      ? goneFrom(renderedObjects(current.manifest ?? '').objects, objects)
      : [];
    return {
      problems: [...all, ...checked.flatMap(each => each.problems)],
      diff: [
        ...checked.flatMap(({ diff }) =>
          diff && diff.change !== 'none'
            ? [withHook(diff, events.get(diff.object))]
            : [],
        ),
        ...gone.map(({ title, object }) => ({
          object: title,
          change: 'delete' as const,
          hunks: [...diffManifests(object, undefined).hunks],
          warnings: [],
        })),
      ],
      notes: rendered.info?.notes || undefined,
      hooks: events,
    };
  }

  /** Asks the cluster what would become of one object. */
  async #object(
    namespace: OwnedNamespace,
    discovery: Discovery,
    rendered: RenderedObject,
    force: boolean,
  ): Promise<{ diff?: ObjectDiff; problems: ManifestProblem[] }> {
    const { title, apiVersion, kind, name, object } = rendered;
    const problem = (
      message: string,
      of: ManifestProblem['kind'],
      remedy?: string,
    ) => ({ problems: [{ message, object: title, kind: of, remedy }] });
    const [group, version] = apiVersion.includes('/')
      ? apiVersion.split('/')
      : ['', apiVersion];
    const type = discovery.find({ group, version, kind });
    if (!type) {
      return problem(
        `The cluster has no ${kind} of ${apiVersion}.`,
        'forbidden',
        'A platform engineer has to install what brings it.',
      );
    }
    if (
      !type.namespaced ||
      manifestKindVerdict(apiVersion, kind) === 'clusterScoped'
    ) {
      return problem(
        `${title} belongs to the whole cluster, not to a namespace.`,
        'forbidden',
        'Switch it off in the values, choose another chart, or ask a platform engineer.',
      );
    }
    if (rendered.namespace && rendered.namespace !== namespace.name) {
      return problem(
        `${title} is to be in namespace ${rendered.namespace}; a release stays in its own.`,
        'forbidden',
      );
    }
    const live = await namespace
      .get<KubeObject>(type, name)
      .catch((error: unknown) => {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      });
    const options = { dryRun: true, manager: MANAGER } as const;
    const dryRun = (taken: boolean) =>
      namespace.apply<KubeObject>(type, name, JSON.stringify(object), {
        ...options,
        force: taken,
      });
    const problems: ManifestProblem[] = [];
    try {
      const { object: after, warnings } = await dryRun(force).catch(
        (error: unknown) => {
          const conflicts = kubernetesDetails(error)?.conflicts ?? [];
          if (conflicts.length === 0) throw error;
          problems.push(...conflicts.map(each => conflictOf(title, each)));
          return dryRun(true);
        },
      );
      const { change, hunks } = diffManifests(
        live as object | undefined as JsonObject | undefined,
        after as object as JsonObject,
      );
      return {
        diff: { object: title, change, hunks: [...hunks], warnings },
        problems,
      };
    } catch (cause) {
      return {
        problems: [...problems, ...problemsOf(title, toError(cause))],
      };
    }
  }
}

function conflictOf(
  object: string,
  { manager, field }: { manager?: string; field?: string },
): ManifestProblem {
  return {
    message: `${object}: ${manager ?? 'somebody else'} manages ${field ?? 'a field'} that the chart sets.`,
    ...{ object, path: field, manager, kind: 'conflict' },
    remedy:
      'Take the fields over with "force conflicts", or leave them out of the values.',
  };
}

const PROBLEM_KINDS: Readonly<Record<string, ManifestProblem['kind']>> = {
  quota: 'quota',
  permission: 'forbidden',
  policy: 'forbidden',
};

function problemsOf(object: string, error: Error): ManifestProblem[] {
  const kind = PROBLEM_KINDS[kubernetesDetails(error)?.type ?? ''] ?? 'invalid';
  return [{ message: error.message, object, kind }];
}

function withHook(diff: ObjectDiff, events: string | undefined): ObjectDiff {
  return events === undefined
    ? diff
    : { ...diff, warnings: [...diff.warnings, `Hook: ${events}`] };
}

/** A plan as callers get it. */
export function previewOf(
  plan: ReleasePlan,
  current: HelmRecord | undefined,
): ReleasePreview {
  const { diff, problems, notes } = plan;
  return {
    ok: isPossible(plan),
    action: current ? 'upgrade' : 'install',
    basis: current?.version,
    ...{ diff, problems, notes },
  };
}
