import type { KubeEvent, KubeObject } from '../objects';

/** When an event was last seen, RFC 3339. */
export function eventTime(event: KubeEvent): string | undefined {
  return (
    event.series?.lastObservedTime ||
    event.lastTimestamp ||
    event.eventTime ||
    event.metadata.creationTimestamp ||
    undefined
  );
}

/** How often an event was seen. */
export function eventCount({ series, count }: KubeEvent): number {
  return series?.count ?? count ?? 1;
}

/** The events of an object, the newest first. */
export function eventsOf(
  { kind, metadata }: KubeObject,
  events: readonly KubeEvent[],
): KubeEvent[] {
  return events
    .filter(({ involvedObject: { uid, ...named } }) =>
      uid && metadata.uid
        ? uid === metadata.uid
        : named.kind === kind &&
          named.name === metadata.name &&
          (named.namespace ?? metadata.namespace) === metadata.namespace,
    )
    .sort(newestFirst);
}

function newestFirst(a: KubeEvent, b: KubeEvent): number {
  return Date.parse(eventTime(b) ?? '') - Date.parse(eventTime(a) ?? '') || 0;
}

/** The name of the container that an event of a pod speaks of. */
export function eventContainer({
  involvedObject,
}: KubeEvent): string | undefined {
  return /\{([^}]*)\}$/.exec(involvedObject.fieldPath ?? '')?.[1];
}

/** Events that say the same of the same object. */
export interface KubeEventGroup {
  readonly object: {
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly reason: string;
  /** `Normal` or `Warning` */
  readonly type: string;
  /** of the newest of them */
  readonly message: string;
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
  readonly component?: string;
}

const COMBINED = '(combined from similar events): ';

/** A message without what differs from try to try: names with a random end, addresses, times. */
function pattern(message: string, name: string): string {
  return message
    .split(`${name}-`)
    .join('\u0000')
    .replace(/\u0000[a-z0-9-]+/g, '\u0000')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '\u0001')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}:\d+\b/g, '\u0002')
    .replace(/\b\d+(?:\.\d+)?(?:ms|s|m|h)\b/g, '\u0003');
}

function toGroup(event: KubeEvent, message: string): KubeEventGroup {
  const { kind = '', name = '', namespace } = event.involvedObject;
  const last = eventTime(event);
  return {
    object: { kind, name, ...(namespace && { namespace }) },
    reason: event.reason ?? '',
    type: event.type ?? 'Normal',
    message,
    count: eventCount(event),
    first: event.firstTimestamp || last,
    last,
    component: event.source?.component || event.reportingComponent || undefined,
  };
}

function merge(newer: KubeEventGroup, older: KubeEventGroup): KubeEventGroup {
  const firsts = [newer.first, older.first].filter(
    (time): time is string => time !== undefined,
  );
  return {
    ...newer,
    count: newer.count + older.count,
    first: firsts.reduce<string | undefined>(
      (least, time) =>
        least === undefined || Date.parse(time) < Date.parse(least)
          ? time
          : least,
      undefined,
    ),
  };
}

/**
 * Puts events together that differ only in a random name, a time or a count, the newest first. Left out is what says nothing to a person: that a
 * CronJob finds a Job which somebody started by hand.
 */
export function groupEvents(events: readonly KubeEvent[]): KubeEventGroup[] {
  const groups = new Map<string, KubeEventGroup>();
  for (const event of [...events].sort(newestFirst)) {
    if (event.reason === 'UnexpectedJob') continue;
    const text = (event.message ?? '').trim();
    const message = text.startsWith(COMBINED)
      ? text.slice(COMBINED.length)
      : text;
    const group = toGroup(event, message);
    const { kind, name, namespace } = group.object;
    const key = JSON.stringify([
      kind,
      namespace,
      name,
      group.reason,
      group.type,
      pattern(message, name),
    ]);
    const before = groups.get(key);
    groups.set(key, before ? merge(before, group) : group);
  }
  return [...groups.values()];
}
