import { kubeGroup, type KubeObject } from '../objects';
import { fillWords, type KubeJson, type WordParams } from '../words';
import { actMessages, type ActCode } from './messages';

/** Content types of a PATCH. Custom resources refuse the strategic one. */
export type KubePatchType =
  | 'application/merge-patch+json'
  | 'application/strategic-merge-patch+json'
  | 'application/json-patch+json';

/** One request to an API server, in the namespace of the object that was acted on. */
export interface KubeWrite {
  readonly method: 'PATCH' | 'POST';
  /** absent for a POST, which is plain JSON */
  readonly contentType?: KubePatchType;
  readonly apiVersion: string;
  readonly kind: string;
  /** absent for a POST */
  readonly name?: string;
  readonly subresource?: 'scale';
  readonly body: KubeJson;
}

/** A sentence about an act, by its code. */
export interface ActWords {
  readonly code: ActCode;
  readonly params: WordParams;
}

/** What an act would do. */
export interface ActPlan {
  /** in this order; the next only after the one before succeeded */
  readonly requests: readonly KubeWrite[];
  readonly will: readonly ActWords[];
  readonly warnings: readonly ActWords[];
  /** the part of the object that was looked at: equal text, equal state */
  readonly basis: string;
}

/** A plan, or why there is none. */
export type ActResult = ActPlan | { readonly refusal: ActWords };

/** Makes the sentence's key. */
export function actWords(code: ActCode, params: WordParams = {}): ActWords {
  return { code, params };
}

/** An act in words. */
export function actSentence(
  { code, params }: ActWords,
  language: 'en' | 'zh' = 'en',
): string {
  return fillWords(actMessages[language][code], params);
}

/** A refusal. */
export function refuse(code: ActCode, params: WordParams = {}): ActResult {
  return { refusal: actWords(code, params) };
}

/** A PATCH of an object. */
export function patchOf(
  { apiVersion, kind, metadata }: KubeObject,
  type: 'merge' | 'strategic' | 'json',
  body: KubeJson,
): KubeWrite {
  const contentType = {
    merge: 'application/merge-patch+json',
    strategic: 'application/strategic-merge-patch+json',
    json: 'application/json-patch+json',
  } as const;
  return {
    method: 'PATCH',
    contentType: contentType[type],
    apiVersion,
    kind,
    name: metadata.name,
    body,
  };
}

/** Who else manages an object, and would undo what is done to it. */
export function managerWarnings({ metadata }: KubeObject): ActWords[] {
  const { labels = {}, annotations = {} } = metadata;
  const argo =
    annotations['argocd.argoproj.io/tracking-id'] ??
    labels['argocd.argoproj.io/instance'];
  if (argo) return [actWords('argoReverts')];
  return labels['app.kubernetes.io/managed-by'] === 'Helm'
    ? [actWords('helmReverts')]
    : [];
}

/** Whether an object is of one of these kinds of a group. */
export function isOneOf(
  object: KubeObject,
  group: string,
  kinds: readonly string[],
): boolean {
  return kubeGroup(object.apiVersion) === group && kinds.includes(object.kind);
}
