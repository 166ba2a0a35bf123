import { z } from 'zod';
import { instantSchema } from '../contract/primitives';
import {
  HEALTH_STATUSES,
  healthMessages,
  healthRemedies,
  healthSentence,
  type Health,
  type HealthLanguage,
  type HealthReason,
} from '../kubernetes/health';
import { fillWords } from '../kubernetes/words';

/** One model of health for every kind; the words are those of the UI's statuses. */
export const healthStatusSchema = z.enum(HEALTH_STATUSES);

/**
 * How something is and why: from what is wrong to what is behind it, each a code with what it is about, so that every
 * language makes its own sentences of them (`healthMessages`, `healthRemedies`).
 */
export const healthSchema = z.object({
  status: healthStatusSchema,
  reasons: z.array(
    z.object({
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      remedy: z.string().optional(),
      /** the object that the reason speaks of, when it is another one */
      about: z.object({ kind: z.string(), name: z.string() }).optional(),
    }),
  ),
  /** all of it in English, for logs, notifications and other clients */
  sentence: z.string().optional(),
  since: instantSchema.optional(),
});
export type HealthAnswer = z.infer<typeof healthSchema>;

/** Health as it goes over the wire. */
export function healthAnswer({ status, reason, since }: Health): HealthAnswer {
  const reasons: HealthAnswer['reasons'] = [];
  for (let at: HealthReason | undefined = reason; at; at = at.cause) {
    const { code, params, remedy, about } = at;
    reasons.push({ code, params: { ...params }, remedy, about });
  }
  const time = since === undefined ? NaN : Date.parse(since);
  return {
    status,
    reasons,
    sentence: reason && healthSentence(reason),
    since: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
  };
}

/** What a person reads of a health. */
export interface HealthWords {
  /** what is wrong and what is behind it; undefined when nothing is said */
  reason: string | undefined;
  /** what to do about it, in the words of the innermost cause */
  remedy: string | undefined;
}

/**
 * A health of the wire in words. Codes of a newer backend are left out; its English sentence then stands for them.
 */
export function healthWords(
  { reasons, sentence }: Pick<HealthAnswer, 'reasons' | 'sentence'>,
  language: HealthLanguage,
): HealthWords {
  const messages: Readonly<Record<string, string>> = healthMessages[language];
  const remedies: Readonly<Record<string, string>> = healthRemedies[language];
  const known = reasons.filter(({ code }) => Object.hasOwn(messages, code));
  const text = known
    .map(({ code, params }) => fillWords(messages[code], params))
    .join(language === 'zh' ? '' : ' ');
  const remedy = reasons.findLast(
    reason => reason.remedy && Object.hasOwn(remedies, reason.remedy),
  )?.remedy;
  return {
    reason: text || sentence,
    remedy: remedy && remedies[remedy],
  };
}
