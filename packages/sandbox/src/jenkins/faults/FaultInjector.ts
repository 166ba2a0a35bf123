import type { EventFate, JenkinsEvent } from '../events/EventDispatcher';

/** What goes wrong with a request, or with an event. Times are milliseconds, sizes bytes. */
export type Effect =
  | { kind: 'latency'; ms: number }
  /** an error page; 401, 403, 404, 500, 503 … */
  | { kind: 'status'; status: number }
  /** 200 with a page where JSON or text is expected: a login page of a proxy */
  | { kind: 'html' }
  | { kind: 'redirect'; to: string }
  /** the head and a part of the body, then the connection ends */
  | { kind: 'half' }
  /** the connection ends without a word */
  | { kind: 'drop' }
  /** what is asked for is done, then the connection ends without a word */
  | { kind: 'loseAnswer' }
  /** no answer ever */
  | { kind: 'hang' }
  /** valid JSON of this size */
  | { kind: 'huge'; bytes: number }
  | { kind: 'loseEvent' }
  | { kind: 'doubleEvent' }
  /** holds every other event back, so that the next one overtakes it */
  | { kind: 'reorderEvents'; ms: number }
  | { kind: 'delayEvent'; ms: number };

export interface FaultRule {
  effect: Effect;
  /** only requests with this method */
  method?: string;
  /** regular expression on path and query, or on the type of an event; without it all are meant */
  pattern?: string;
  /** how often it strikes; without it until it is removed */
  times?: number;
}

interface ActiveRule extends FaultRule {
  id: number;
  struck: number;
}

const KINDS: Record<Effect['kind'], 'request' | 'event'> = {
  latency: 'request',
  status: 'request',
  html: 'request',
  redirect: 'request',
  half: 'request',
  drop: 'request',
  loseAnswer: 'request',
  hang: 'request',
  huge: 'request',
  loseEvent: 'event',
  doubleEvent: 'event',
  reorderEvents: 'event',
  delayEvent: 'event',
};

/** Numbers an effect needs. */
const NUMBERS: Partial<Record<Effect['kind'], string>> = {
  latency: 'ms',
  status: 'status',
  huge: 'bytes',
  reorderEvents: 'ms',
  delayEvent: 'ms',
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEffect(value: unknown): value is Effect {
  if (!isObject(value) || typeof value.kind !== 'string') return false;
  const kind = Object.keys(KINDS).find(name => name === value.kind);
  if (!kind) return false;
  const number = NUMBERS[kind as Effect['kind']];
  if (number !== undefined && !(Number(value[number]) >= 0)) return false;
  return kind !== 'redirect' || typeof value.to === 'string';
}

/** Reads a rule that came over HTTP. @throws Error that says what is wrong with it */
export function readRule(value: unknown): FaultRule {
  if (!isObject(value) || !isEffect(value.effect)) {
    throw new Error(
      `A rule is {"effect":{"kind":…},"method"?,"pattern"?,"times"?}; kinds: ${Object.keys(KINDS).join(', ')}`,
    );
  }
  const { effect, method, pattern, times } = value;
  const text = (given: unknown) =>
    typeof given === 'string' && given !== '' ? given : undefined;
  // Throws for what is no regular expression.
  RegExp(text(pattern) ?? '');
  return {
    effect,
    method: text(method)?.toUpperCase(),
    pattern: text(pattern),
    times: times === undefined ? undefined : Number(times),
  };
}

/** Faults on demand: rules that tests set and take away again. */
export class FaultInjector {
  private readonly active: ActiveRule[] = [];
  private nextId = 1;
  private held = false;

  get rules(): readonly ActiveRule[] {
    return this.active;
  }

  /** @returns the id of the rule */
  add(rule: FaultRule): number {
    const id = this.nextId++;
    this.active.push({ ...rule, id, struck: 0 });
    return id;
  }

  /** Takes one rule away, or all. */
  remove(id?: number): void {
    const kept = id === undefined ? [] : this.active.filter(r => r.id !== id);
    this.active.splice(0, this.active.length, ...kept);
  }

  /** The effects that strike a request, each counted. */
  strike(method: string, url: string): Effect[] {
    return this.take('request', url, method);
  }

  /** What becomes of an event. */
  fateOf(event: JenkinsEvent): EventFate {
    const fate: EventFate = { copies: 1, delayMs: 0 };
    for (const effect of this.take('event', event.type)) {
      if (effect.kind === 'loseEvent') fate.copies = 0;
      if (effect.kind === 'doubleEvent') fate.copies = 2;
      if (effect.kind === 'delayEvent') fate.delayMs = effect.ms;
      if (effect.kind === 'reorderEvents') {
        this.held = !this.held;
        if (this.held) fate.delayMs = effect.ms;
      }
    }
    return fate;
  }

  private take(
    about: 'request' | 'event',
    text: string,
    method?: string,
  ): Effect[] {
    return this.active
      .filter(
        rule =>
          KINDS[rule.effect.kind] === about &&
          (rule.times === undefined || rule.struck < rule.times) &&
          (rule.method === undefined || rule.method === method) &&
          (rule.pattern === undefined || new RegExp(rule.pattern).test(text)),
      )
      .map(rule => {
        rule.struck++;
        return rule.effect;
      });
  }
}
