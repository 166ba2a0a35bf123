import { healthReason, type HealthReason } from './health';

/** What the API server says when a quota is full. */
export interface QuotaRefusal {
  readonly quota: string;
  /** quantities by key */
  readonly requested: Readonly<Record<string, string>>;
  readonly used: Readonly<Record<string, string>>;
  readonly limited: Readonly<Record<string, string>>;
}

function pairs(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .map(pair => pair.trim().split('='))
      .filter(pair => pair.length === 2),
  );
}

/** Reads `… exceeded quota: NAME, requested: k=v,…, used: …, limited: …`; undefined for other messages. */
export function readQuotaRefusal(message: string): QuotaRefusal | undefined {
  const match =
    /exceeded quota: ([^,\s]+), requested: (.*?), used: (.*?), limited: (\S+)/s.exec(
      message,
    );
  return match
    ? {
        quota: match[1],
        requested: pairs(match[2]),
        used: pairs(match[3]),
        limited: pairs(match[4]),
      }
    : undefined;
}

function join(amounts: Readonly<Record<string, string>>): string {
  return Object.entries(amounts)
    .map(([key, amount]) => `${key} ${amount}`)
    .join(', ');
}

function quotaReason(message: string): HealthReason | undefined {
  const refusal = readQuotaRefusal(message);
  if (refusal) {
    return healthReason(
      'quotaExceeded',
      {
        quota: refusal.quota,
        requested: join(refusal.requested),
        used: join(refusal.used),
        limited: join(refusal.limited),
      },
      { remedy: 'raiseQuota' },
    );
  }
  // `failed quota: team: must specify limits.memory for: c; requests.cpu for: c`
  const failed = /failed quota: ([^:\s]+): must specify (.+)$/s.exec(message);
  if (!failed) return undefined;
  const wants = failed[2].split(';').map(part => part.trim().split(' for: '));
  return healthReason(
    'quotaNeedsRequests',
    {
      quota: failed[1],
      resources: wants.map(([resource]) => resource).join(', '),
      container: wants[0][1] ?? '?',
    },
    { remedy: 'setResources' },
  );
}

/** What Pod Security objects to, one violation an entry. */
export function readPodSecurityRefusal(
  message: string,
):
  | { readonly level: string; readonly violations: readonly string[] }
  | undefined {
  const match = /violates? PodSecurity "([^":]+)(?::[^"]*)?": (.+)$/s.exec(
    message,
  );
  if (!match) return undefined;
  const violations = match[2]
    .split(/(?<=\)), /)
    .map(violation => violation.trim())
    .filter(violation => violation !== '');
  return { level: match[1], violations };
}

type Rule = readonly [RegExp, (match: RegExpExecArray) => HealthReason];

const RULES: readonly Rule[] = [
  [
    /serviceaccount "([^"]+)" not found/,
    match =>
      healthReason(
        'serviceAccountMissing',
        { name: match[1] },
        { remedy: 'createReference' },
      ),
  ],
  [
    /no PriorityClass with name (\S+) was found/,
    match =>
      healthReason(
        'priorityClassMissing',
        { name: match[1] },
        { remedy: 'createReference' },
      ),
  ],
  [
    /admission webhook "([^"]+)" denied the request(?: without explanation)?:? ?(.*)$/s,
    match =>
      healthReason('webhookRefused', {
        webhook: match[1],
        message: match[2] || '?',
      }),
  ],
  [
    /failed calling webhook "([^"]+)": (.*)$/s,
    match =>
      healthReason('webhookRefused', { webhook: match[1], message: match[2] }),
  ],
  [
    /((?:maximum|minimum) \S+ usage per \w+ is .*)$/s,
    match => healthReason('limitRange', { message: match[1].trim() }),
  ],
  [
    /(\S+ max limit to request ratio per \w+ is .*)$/s,
    match => healthReason('limitRange', { message: match[1].trim() }),
  ],
];

/**
 * Why the API server refused pods, from the message of a `ReplicaFailure` condition or of a `FailedCreate` event.
 * @param message - the server's words
 */
export function refusalReason(message: string): HealthReason {
  const quota = quotaReason(message);
  if (quota) return quota;
  const security = readPodSecurityRefusal(message);
  if (security) {
    return healthReason(
      'podSecurity',
      { level: security.level, violations: security.violations.join(', ') },
      { remedy: 'podSecurityContext' },
    );
  }
  for (const [shape, reason] of RULES) {
    const match = shape.exec(message);
    if (match) return reason(match);
  }
  const text = message.replace(/^Error creating: /, '').trim();
  return healthReason('podsRefused', { message: text });
}
