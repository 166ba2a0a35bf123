import {
  actSentence,
  diffManifests,
  planAct,
  type ActPlan,
  type ActWords,
  type Consequence,
  type JsonObject,
  type KubeAct,
  type KubeObject,
  type KubeWrite,
  type WorkloadAct,
} from '@amamba/backstage-plugin-amamba-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { randomBytes } from 'crypto';
import { kinds, type JsonPatchOperation, type Patch } from '../../clusters';
import type { JsonObject as KubeFields } from '@backstage/types';
import type { OwnedNamespace } from '../../namespaces';
import { typeOf, workloadOf } from '../objectTypes';
import type { ApplicationEntry } from '../read/ApplicationEntry';
import { readRevisions } from './revisions';

const PATCH_TYPES = {
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/json-patch+json': 'json',
} as const;

function patchOf({ contentType, body }: KubeWrite): Patch {
  const type = PATCH_TYPES[contentType ?? 'application/merge-patch+json'];
  return type === 'json'
    ? { type, patch: body as unknown[] as JsonPatchOperation[] }
    : { type, patch: body as KubeFields };
}

function wordsOf(words: readonly ActWords[]): Consequence['will'] {
  return words.map(({ code, params }) => ({
    code,
    params: { ...params },
    sentence: actSentence({ code, params }),
  }));
}

/** Plans and does what can be done to workloads. Knows no caller: who may what is decided before. */
export class WorkloadActs {
  /** What an act would do, with a dry run by the API server. Nothing is written. */
  async preview(
    namespace: OwnedNamespace,
    entry: ApplicationEntry,
    act: WorkloadAct,
  ): Promise<Consequence> {
    const { object, plan } = await this.#plan(namespace, entry, act);
    const diff: Consequence['diff'] = [];
    const remarks: Consequence['warnings'] = [];
    for (const write of plan.requests) {
      const { answer, warnings } = await send(namespace, write, {
        dryRun: true,
      });
      remarks.push(
        ...warnings.map(sentence => ({
          code: 'apiServer',
          params: { message: sentence },
          sentence,
        })),
      );
      // Of a scale the answer is no object of the kind, and the sentence says it all.
      if (answer && !write.subresource) {
        const before = write.method === 'PATCH' ? object : undefined;
        const { change, hunks } = diffManifests(
          before as JsonObject | undefined,
          answer as object as JsonObject,
        );
        diff.push({
          object: `${answer.kind}/${answer.metadata.name}`,
          change,
          hunks: [...hunks],
          warnings,
        });
      }
    }
    return {
      will: wordsOf(plan.will),
      warnings: [...wordsOf(plan.warnings), ...remarks],
      diff,
      basis: plan.basis,
    };
  }

  /**
   * Does an act.
   * @param basis - what a preview looked at
   * @throws ConflictError when the workload changed since
   */
  async act(
    namespace: OwnedNamespace,
    entry: ApplicationEntry,
    act: WorkloadAct,
    basis: string | undefined,
  ): Promise<KubeObject> {
    const { object, plan } = await this.#plan(namespace, entry, act);
    if (basis !== undefined && basis !== plan.basis) {
      throw new ConflictError(
        `${object.kind} ${object.metadata.name} changed meanwhile. Look at what would happen now, and confirm again.`,
      );
    }
    for (const write of plan.requests) await send(namespace, write, {});
    return namespace.get(typeOf(object), object.metadata.name);
  }

  async #plan(
    namespace: OwnedNamespace,
    entry: ApplicationEntry,
    wanted: WorkloadAct,
  ): Promise<{ object: KubeObject; plan: ActPlan }> {
    const found = workloadOf(entry, wanted.workload);
    const object = await namespace.get<KubeObject>(
      typeOf(found),
      found.metadata.name,
    );
    const [act, autoscalers] = await Promise.all([
      this.#act(namespace, found, wanted),
      namespace.rows(kinds.horizontalPodAutoscalers),
    ]);
    const result = planAct(object, act, {
      now: new Date().toISOString(),
      suffix: randomBytes(4).toString('hex').slice(0, 5),
      autoscalers: autoscalers.items,
    });
    if ('refusal' in result) {
      throw new InputError(`act: ${actSentence(result.refusal)}`);
    }
    return { object, plan: result };
  }

  async #act(
    namespace: OwnedNamespace,
    found: KubeObject,
    wanted: WorkloadAct,
  ): Promise<KubeAct> {
    if (wanted.act !== 'rollback') return wanted;
    const read = await readRevisions(namespace, found);
    const revision = read?.candidates.find(
      ({ metadata }) => metadata.name === wanted.revision,
    );
    if (!revision) {
      throw new NotFoundError(
        `${found.kind} ${found.metadata.name} has no revision "${wanted.revision}".`,
      );
    }
    return { act: 'rollback', revision };
  }
}

/** Sends one request of a plan. */
async function send(
  namespace: OwnedNamespace,
  write: KubeWrite,
  options: { dryRun?: boolean },
): Promise<{ answer?: KubeObject; warnings: string[] }> {
  const type = typeOf(write);
  if (write.method === 'POST') {
    const { object, warnings } = await namespace.create<KubeObject>(
      type,
      write.body as JsonObject,
      options,
    );
    return { answer: object, warnings };
  }
  const { object, warnings } = await namespace.patch<KubeObject>(
    type,
    write.name ?? '',
    patchOf(write),
    { ...options, subresource: write.subresource },
  );
  return { answer: object, warnings };
}
