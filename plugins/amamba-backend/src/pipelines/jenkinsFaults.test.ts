import { SandboxPortal, untilRight } from '../__testUtils__/sandboxPortal';

jest.setTimeout(180_000);

/** Runs until it is told to end, and one at a time. */
const GATED = {
  source: {
    type: 'script' as const,
    script: `pipeline {
  agent any
  stages { stage('Gate') { steps { input message: 'Open?' } } }
}`,
  },
  settings: { disableConcurrentRuns: true },
};

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
});
