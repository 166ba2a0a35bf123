import { ResponseError } from '@backstage/errors';
import type { Sandbox } from 'sandbox';
import { SandboxPortal, untilRight } from '../__testUtils__/sandboxPortal';

jest.setTimeout(180_000);

type Effect = Parameters<Sandbox['jenkins']['faults']['add']>[0]['effect'];

/** Runs until it is told to end, and one at a time. */
const GATED = {
  source: {
    type: 'script' as const,
    script: `pipeline {
  agent none
  stages { stage('Gate') { steps { input message: 'Open?' } } }
}`,
  },
  settings: { disableConcurrentRuns: true },
};

/** What the portal answered with. */
function toMessage(error: unknown): string {
  return error instanceof ResponseError
    ? error.body.error.message
    : String(error);
}

/** What an act is refused with. */
function messageOf(act: Promise<unknown>): Promise<string> {
  return act.then(() => 'it was done', toMessage);
}

describe('faults of a Jenkins that executes, over HTTP', () => {
  let portal: SandboxPortal;

  beforeAll(async () => {
    portal = await SandboxPortal.start();
  });
  afterEach(() => portal.sandbox.jenkins.faults.remove());
  afterAll(() => portal.stop());

  /** A pipeline with one run that waits at its gate, so that the next one waits in the queue. */
  const gated = async (name: string) => {
    await portal.create({ name, ...GATED });
    const { id } = await portal.start(name);
    await portal.inState(name, id, 'waiting');
    return id;
  };

  const open = async (name: string, id: string) => {
    const { approvals } = await portal.inState(name, id, 'waiting');
    await portal.approve(name, id, approvals[0].id);
  };

  /** Starts a run that Jenkins takes and whose answer gets lost. */
  const startUnheard = async (name: string) => {
    portal.sandbox.jenkins.faults.add({
      effect: { kind: 'loseAnswer' },
      method: 'POST',
      pattern: '/build',
      times: 1,
    });
    await expect(portal.start(name)).rejects.toMatchObject({ statusCode: 503 });
    const [lost] = await portal.runs(name);
    expect(lost).toMatchObject({ state: 'unknown', cause: { type: 'manual' } });
    return lost.id;
  };

  it('a start whose answer got lost while it waits in the queue is queued, and runs once', async () => {
    const first = await gated('unheard');
    const id = await startUnheard('unheard');
    const queued = await portal.inState('unheard', id, 'queued');
    expect(queued.error).toBeUndefined();
    await untilRight(
      'the reason',
      () => portal.run('unheard', id),
      ({ queueReason }) => /already in progress/.test(queueReason ?? ''),
    );
    await open('unheard', first);
    await open('unheard', id);
    expect(await portal.inState('unheard', id, 'succeeded')).toMatchObject({
      number: 2,
    });
    expect(await portal.runs('unheard')).toHaveLength(2);
  });

  it('a Jenkins that restarts with that start in its queue still has it', async () => {
    await gated('restarted');
    const id = await startUnheard('restarted');
    await portal.sandbox.jenkins.restart(false);
    // the first run died with Jenkins, so that the second one begins
    await open('restarted', id);
    expect(await portal.inState('restarted', id, 'succeeded')).toMatchObject({
      number: 2,
    });
    expect(await portal.runs('restarted')).toHaveLength(2);
  });

  it('a run that Jenkins loses by a restart ends, and lists say meanwhile how old they are', async () => {
    const id = await gated('killed');
    const restart = portal.sandbox.jenkins.restart(false);
    const { warnings } = await untilRight(
      'a warning',
      async () => {
        await messageOf(portal.graph('killed', id));
        return portal.pipelines();
      },
      list => list.warnings.length > 0,
    );
    expect(warnings).toEqual([
      {
        source: 'jenkins:ci',
        message: expect.stringContaining('Try again in a minute'),
        since: expect.any(String),
      },
    ]);
    await restart;
    expect(await portal.inState('killed', id, 'cancelled', 'failed')).toEqual(
      expect.objectContaining({ number: 1, approvals: [] }),
    );
    await untilRight(
      'no warning',
      () => portal.pipelines(),
      list => list.warnings.length === 0,
    );
    const next = await portal.start('killed');
    await open('killed', next.id);
    await portal.inState('killed', next.id, 'succeeded');
  });

  describe('which answers every request with', () => {
    let first: string;

    beforeAll(async () => {
      first = await gated('shared');
    });

    it.each<[string, Effect, RegExp]>([
      [
        'a page',
        { kind: 'html' },
        /web page instead of|page that is no log|cannot be read/,
      ],
      ['401', { kind: 'status', status: 401 }, /refused the portal's credent/],
      ['403', { kind: 'status', status: 403 }, /does not allow the portal/],
      ['404', { kind: 'status', status: 404 }, /does not have/],
      ['500', { kind: 'status', status: 500 }, /failed at .*Its own log says/],
      ['503', { kind: 'status', status: 503 }, /starting or overloaded.*Try/],
      [
        'a redirect to another host',
        { kind: 'redirect', to: 'https://elsewhere.example/login' },
        /redirects to another address, https:\/\/elsewhere\.example/,
      ],
      ['half a body', { kind: 'half' }, /could not be reached, or broke off/],
      ['nothing', { kind: 'drop' }, /could not be reached, or broke off/],
      ['silence', { kind: 'hang' }, /did not answer in time/],
      [
        '200 MB of JSON',
        { kind: 'huge', bytes: 200_000_000 },
        /more than \d+ MB, which the portal does not read|page that is no log/,
      ],
    ])(
      '%s: every act says so and does nothing, and what was decided is made good',
      async (title, effect, message) => {
        portal.sandbox.jenkins.faults.add({ effect });
        const draft = {
          name: `new-${title.replace(/\W+/g, '-').toLowerCase()}`,
          ...GATED,
        };
        const create = portal
          .create(draft)
          .then(
            ({ sync }) => ('problem' in sync ? sync.problem : 'it was done'),
            toMessage,
          );
        const problems = await Promise.all([
          create,
          messageOf(portal.start('shared')),
          // the answer to a cancellation has no body that could break off
          ...(effect.kind === 'half'
            ? []
            : [messageOf(portal.cancel('shared', first))]),
          messageOf(portal.graph('shared', first)),
          messageOf(
            portal.client.call('getRunLog', {
              params: {
                ...{ workspace: 'team-a', pipeline: 'shared', run: first },
              },
            }),
          ),
          messageOf(portal.approve('shared', first, 'Open')),
        ]);
        for (const problem of problems) {
          expect(problem).toMatch(message);
          expect(problem).not.toContain(
            portal.sandbox.credentials.jenkins.token,
          );
        }
        // the list goes on
        const [listed, ...others] = await portal.runs('shared');
        expect(listed.id).toBe(first);
        expect(others).toEqual([]);

        portal.sandbox.jenkins.faults.remove();
        await portal.reconcile();
        await portal.inState('shared', first, 'waiting');
        await untilRight(
          'the pipeline to be found',
          () => portal.pipeline('shared'),
          ({ sync }) => sync.state === 'synced',
        );
        // a refusal withdraws what was new; what only was not answered is carried out
        const isRefusal = title === '404';
        await untilRight(
          'the new pipeline',
          async () => {
            await portal.reconcile();
            return portal.pipeline(draft.name).then(
              ({ sync }) => sync.state,
              error => error.statusCode,
            );
          },
          made => made === (isRefusal ? 404 : 'synced'),
        );
      },
    );

    it('and when it works again the run goes on, and the next one begins', async () => {
      await open('shared', first);
      await portal.inState('shared', first, 'succeeded');
      const { id } = await portal.start('shared');
      await open('shared', id);
      await portal.inState('shared', id, 'succeeded');
      expect(await portal.runs('shared')).toMatchObject([
        { number: 2 },
        { number: 1 },
      ]);
    });
  });
});
