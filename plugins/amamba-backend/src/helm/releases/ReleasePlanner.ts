import {
  diffManifests,
  type ManifestProblem,
  type ObjectDiff,
  type ReleasePreview,
} from '@amamba/backstage-plugin-amamba-common';
import limiter from 'p-limit';
import type { OwnedNamespace } from '../../namespaces';
import { HelmError } from '../program/failures';
import type { ChartChange, Helm, RenderedRelease } from '../program/Helm';
import { checkObject } from './checkObject';
import type { HelmRecord } from './decode';
import {
  goneFrom,
  marked,
  renderedObjects,
  type RenderedObject,
} from './manifests';
import { valuesProblems } from './values';

const AT_ONCE = 8;
const MAX_OBJECTS = 500;

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
    const release = { name: change.name, namespace: namespace.name };
    const written = objects.map(each => ({
      ...each,
      object: marked(each.object, release),
    }));
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
    // What Helm 3 wrote is merged in another way, which knows no conflicts.
    const isMerged = current !== undefined && current.apply_method !== 'ssa';
    const force = change.forceConflicts || isMerged;
    const check = (object: RenderedObject, isHook: boolean) =>
      limit(() => checkObject(namespace, discovery, object, { force, isHook }));
    const checked =
      all.length > 0
        ? []
        : await Promise.all([
            ...written.map(object => check(object, false)),
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
