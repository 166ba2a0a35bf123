import fc from 'fast-check';
import type { KubeEvent, KubePod } from '../objects';
import { groupEvents } from './events';
import {
  healthMessages,
  healthReason,
  healthRemedies,
  healthSentence,
  worstHealth,
  type HealthCode,
} from './health';
import { imagePullReason } from './images';
import { podHealth } from './pods';
import { readPodSecurityRefusal, refusalReason } from './refused';
import { readSchedulingFailure } from './scheduling';

const names = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('sentences', () => {
  it.each(Object.keys(healthMessages.en) as HealthCode[])(
    '%s has the same parameters in both languages',
    code => {
      expect(names(healthMessages.zh[code])).toEqual(
        names(healthMessages.en[code]),
      );
    },
  );

  it('have a remedy in both languages', () => {
    expect(Object.keys(healthRemedies.zh)).toEqual(
      Object.keys(healthRemedies.en),
    );
  });

  it('say cause and remedy in Chinese', () => {
    const reason = healthReason(
      'progressDeadline',
      { seconds: 30 },
      {
        remedy: 'rollback',
        cause: healthReason('referenceMissing', { kind: 'Secret', name: 'x' }),
      },
    );
    expect(healthSentence(reason, 'zh')).toBe(
      '未在 30 秒内完成，旧的 Pod 仍在提供服务。Secret x 不存在。请回滚或修正模板，系统不会自动回滚。',
    );
  });

  it('keep what looks like a placeholder in a parameter', () => {
    expect(
      healthSentence(healthReason('condition', { message: '{{image}} $& $1' })),
    ).toBe('{{image}} $& $1');
  });
});

describe('worstHealth', () => {
  it('is the first of the most pressing', () => {
    expect(worstHealth([])).toBeUndefined();
    expect(
      worstHealth([
        { status: 'ok' },
        { status: 'failed', since: 'a' },
        { status: 'failed', since: 'b' },
      ]),
    ).toEqual({ status: 'failed', since: 'a' });
  });
});

describe('imagePullReason', () => {
  it.each([
    ['toomanyrequests: You have reached your pull rate limit.', 'rateLimit'],
    ['pull access denied for x, repository does not exist', 'pullSecret'],
    ['manifest unknown', 'imageTag'],
    ['x:403: not found', 'imageTag'],
    ['dial tcp 10.0.0.1:443: i/o timeout', 'registryReach'],
    ['something else', undefined],
  ])('%s: %s', (message, remedy) => {
    expect(imagePullReason('x', [message]).remedy).toBe(remedy);
  });
});

describe('readSchedulingFailure', () => {
  it('reads counts, reasons and preemption', () => {
    expect(
      readSchedulingFailure(
        '0/5 nodes are available: 1 node(s) had untolerated taint {a: b, c}, 4 Insufficient cpu. preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.',
      ),
    ).toEqual({
      available: 0,
      nodes: 5,
      reasons: [
        { count: 1, text: 'node(s) had untolerated taint {a: b, c}' },
        { count: 4, text: 'Insufficient cpu' },
      ],
      preemption:
        '0/5 nodes are available: 5 Preemption is not helpful for scheduling.',
    });
  });

  it('leaves other messages alone', () => {
    expect(readSchedulingFailure('no nodes available')).toBeUndefined();
  });
});

describe('refusalReason', () => {
  it.each<[string, HealthCode]>([
    [
      'pods "a" is forbidden: failed quota: team: must specify limits.memory for: c; requests.cpu for: c',
      'quotaNeedsRequests',
    ],
    [
      'pods "a" is forbidden: maximum memory usage per Container is 512Mi, but limit is 1Gi',
      'limitRange',
    ],
    [
      'Error creating: pods "a" is forbidden: error looking up service account n/missing: serviceaccount "missing" not found',
      'serviceAccountMissing',
    ],
    [
      'Internal error occurred: failed calling webhook "a.b.c": timeout',
      'webhookRefused',
    ],
    ['admission webhook "a.b" denied the request: no', 'webhookRefused'],
    [
      'pods "a" is forbidden: no PriorityClass with name high was found',
      'priorityClassMissing',
    ],
    ['Error creating: else', 'podsRefused'],
  ])('%s', (message, code) => {
    expect(refusalReason(message).code).toBe(code);
    expect(healthSentence(refusalReason(message))).not.toMatch(/\?|undefined/);
  });

  it('splits what pod security objects to', () => {
    expect(
      readPodSecurityRefusal(
        'pods "a" is forbidden: violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true), privileged (container "c" must not set securityContext.privileged=true), seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      ),
    ).toEqual({
      level: 'restricted',
      violations: [
        'host namespaces (hostNetwork=true)',
        'privileged (container "c" must not set securityContext.privileged=true)',
        'seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      ],
    });
  });
});

function event(message: string, more: Partial<KubeEvent> = {}): KubeEvent {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e' },
    involvedObject: { kind: 'ReplicaSet', name: 'web-7d5', namespace: 'n' },
    reason: 'FailedCreate',
    message,
    type: 'Warning',
    ...more,
  };
}

describe('groupEvents', () => {
  it('puts together what differs in a random name', () => {
    expect(
      groupEvents([
        event('Error creating: pods "web-7d5-abcde" is forbidden: x', {
          firstTimestamp: '2026-01-01T00:00:00Z',
          lastTimestamp: '2026-01-01T00:01:00Z',
        }),
        event('Error creating: pods "web-7d5-fghij" is forbidden: x', {
          firstTimestamp: '2026-01-01T00:00:30Z',
          lastTimestamp: '2026-01-01T00:02:00Z',
          count: 3,
        }),
        event(
          '(combined from similar events): Error creating: pods "web-7d5-klmno" is forbidden: x',
          {
            eventTime: '2026-01-01T00:00:40Z',
            series: { count: 5, lastObservedTime: '2026-01-01T00:03:00Z' },
          },
        ),
        event('Error creating: else', {
          lastTimestamp: '2026-01-01T00:00:01Z',
        }),
        event('x', { reason: 'UnexpectedJob' }),
      ]),
    ).toMatchObject([
      {
        message: 'Error creating: pods "web-7d5-klmno" is forbidden: x',
        count: 9,
        first: '2026-01-01T00:00:00Z',
        last: '2026-01-01T00:03:00Z',
      },
      { message: 'Error creating: else', count: 1 },
    ]);
  });

  it('loses no count', () => {
    const message = fc.constantFrom('a', 'b web-7d5-x', 'b web-7d5-y', 'c 3s');
    const one = fc.record({ message, count: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(one), all => {
        const events = all.map(({ message: text, count }) =>
          event(text, { count }),
        );
        const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
        expect(sum(groupEvents(events).map(({ count }) => count))).toBe(
          sum(all.map(({ count }) => count)),
        );
      }),
    );
  });
});

describe('podHealth', () => {
  it('says something whole for any status', () => {
    const word = fc.constantFrom(
      'CrashLoopBackOff',
      'ErrImagePull',
      'Error',
      'OOMKilled',
      'x',
      '',
    );
    const terminated = fc.record(
      {
        exitCode: fc.integer({ min: 0, max: 255 }),
        reason: word,
        message: word,
      },
      { requiredKeys: [] },
    );
    const state = fc.record(
      {
        waiting: fc.record(
          { reason: word, message: word },
          { requiredKeys: [] },
        ),
        running: fc.constant({}),
        terminated,
      },
      { requiredKeys: [] },
    );
    const status = fc.record(
      { name: fc.constant('c'), ready: fc.boolean(), state, lastState: state },
      { requiredKeys: ['name'] },
    );
    const phase = fc.constantFrom('Pending', 'Running', 'Failed', 'Succeeded');
    fc.assert(
      fc.property(
        fc.record(
          {
            phase,
            reason: word,
            containerStatuses: fc.array(status),
            initContainerStatuses: fc.array(status),
          },
          { requiredKeys: [] },
        ),
        pod => {
          const object: KubePod = {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'p' },
            spec: { containers: [{ name: 'c' }] },
            status: pod,
          };
          const { reason, status: key } = podHealth(object, { now: 0 });
          expect(key === 'ok' || reason !== undefined).toBe(true);
          expect(reason ? healthSentence(reason) : '').not.toMatch(
            /undefined|NaN|\{\{/,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
