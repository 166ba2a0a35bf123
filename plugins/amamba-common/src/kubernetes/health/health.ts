import { fillWords, type WordParams } from '../words';
import { HEALTH_MESSAGES_EN } from './messagesEn';
import { HEALTH_MESSAGES_ZH } from './messagesZh';
import { HEALTH_REMEDIES_EN } from './remediesEn';
import { HEALTH_REMEDIES_ZH } from './remediesZh';

/**
 * From what needs a person first to what is fine. `unstable` works, but something about it is not as it should be; `paused` was stopped,
 * paused or suspended on purpose; `missing` should be there and is not.
 */
export const HEALTH_STATUSES = [
  'failed',
  'unstable',
  'missing',
  'unknown',
  'progressing',
  'paused',
  'ok',
] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Key of a sentence in {@link healthMessages}. */
export type HealthCode = keyof typeof HEALTH_MESSAGES_EN;

/** Key of a sentence in {@link healthRemedies}. */
export type HealthRemedy = keyof typeof HEALTH_REMEDIES_EN;

/** Why something is as it is. */
export interface HealthReason {
  readonly code: HealthCode;
  readonly params: WordParams;
  /** what to do about it */
  readonly remedy?: HealthRemedy;
  /** what is behind it: a pod's reason behind that of its workload */
  readonly cause?: HealthReason;
  /** the object that the reason speaks of, when it is another than the one that was asked about */
  readonly about?: { readonly kind: string; readonly name: string };
}

/** How something is, why, and since when (RFC 3339) when that is known. */
export interface Health {
  readonly status: HealthStatus;
  readonly reason?: HealthReason;
  readonly since?: string;
}

/** Languages that the sentences are written in. */
export type HealthLanguage = 'en' | 'zh';

/** Sentences by code; `{{name}}` stands for a parameter. */
export const healthMessages: Readonly<
  Record<HealthLanguage, Readonly<Record<HealthCode, string>>>
> = { en: HEALTH_MESSAGES_EN, zh: HEALTH_MESSAGES_ZH };

/** What to do, by code. */
export const healthRemedies: Readonly<
  Record<HealthLanguage, Readonly<Record<HealthRemedy, string>>>
> = { en: HEALTH_REMEDIES_EN, zh: HEALTH_REMEDIES_ZH };

/** A reason in words: what is wrong, what is behind it, what to do. */
export function healthSentence(
  reason: HealthReason,
  language: HealthLanguage = 'en',
): string {
  const sentences: string[] = [];
  let remedy: HealthRemedy | undefined;
  for (
    let at: HealthReason | undefined = reason;
    at !== undefined;
    at = at.cause
  ) {
    sentences.push(fillWords(healthMessages[language][at.code], at.params));
    // The innermost remedy is the most exact one.
    remedy = at.remedy ?? remedy;
  }
  if (remedy) sentences.push(healthRemedies[language][remedy]);
  return sentences.join(language === 'zh' ? '' : ' ');
}

/** Makes a reason. */
export function healthReason(
  code: HealthCode,
  params: WordParams = {},
  more: Omit<HealthReason, 'code' | 'params'> = {},
): HealthReason {
  return { code, params, ...more };
}

/** The more pressing of two. */
export function worseHealth(a: Health, b: Health): Health {
  return HEALTH_STATUSES.indexOf(b.status) < HEALTH_STATUSES.indexOf(a.status)
    ? b
    : a;
}

/** The most pressing of many, the first of equals; undefined for none. */
export function worstHealth(all: Iterable<Health>): Health | undefined {
  let worst: Health | undefined;
  for (const health of all) worst = worst ? worseHealth(worst, health) : health;
  return worst;
}
