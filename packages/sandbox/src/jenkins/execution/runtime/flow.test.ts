import { execFileSync } from 'child_process';
import { setTimeout as wait } from 'timers/promises';
import { runPipelineText } from '../testing/harness';
import type { PipelineExecution } from '../types';

/** Interrupts as soon as the log has a text. */
function whenLogged(text: string, act: (execution: PipelineExecution) => void) {
  return {
    started(execution: PipelineExecution, result: { log: string }) {
      const timer = setInterval(() => {
        if (result.log.includes(text)) {
          clearInterval(timer);
          act(execution);
        }
      }, 5);
      execution.done.finally(() => clearInterval(timer));
    },
  };
}

/** A time to sleep that no process of another run has. */
const nap = (n: number) => `sleep 87.${n}${process.pid}`;

function processesWith(mark: string): string[] {
  return execFileSync('ps', ['-eo', 'args'])
    .toString()
    .split('\n')
    .filter(line => line.includes(mark) && !line.includes('ps -eo'));
}

describe('interrupting', () => {
  it('ends the processes of a step, runs post, and makes the build ABORTED', async () => {
    const { log, outcome } = await runPipelineText(
      `pipeline { agent any
        stages {
          stage('one') { steps { sh 'echo begun; ${nap(1)} & ${nap(1)}' } }
          stage('two') { steps { echo 'never' } }
        }
        post { aborted { sh 'echo "tidied up"' } failure { echo 'not this' } }
      }`,
      whenLogged('begun', e => e.interrupt('stop', 'ann')),
    );
    expect(outcome.result).toBe('ABORTED');
    expect(log).toContain('Aborted by ann');
    expect(log).toContain('Sending interrupt signal to process');
    expect(log).toContain('Stage "two" skipped due to earlier failure(s)');
    expect(log).toContain('tidied up');
    expect(log).not.toMatch(/never|not this/);
    expect(processesWith(nap(1))).toEqual([]);
  });

  it('does not wait for a process that ignores it when terminated', async () => {
    const { outcome, log } = await runPipelineText(
      `node { try { sh 'heard() { echo heard $((6 * 7)); }; trap heard TERM; echo begun; while :; do sleep 0.1; done' } finally { echo 'still' } }`,
      whenLogged('begun', e => e.interrupt('term', 'ann')),
    );
    expect(outcome.result).toBe('ABORTED');
    expect(log).toContain('still');
    // killed at once, not asked first
    expect(log).not.toContain('heard 42');
  });

  it('runs nothing more when killed', async () => {
    const { outcome, log, nodes } = await runPipelineText(
      `node { stage('s') { try { sh 'echo begun; ${nap(2)}' } catch (Throwable t) { echo 'caught' } finally { echo 'last' } } }`,
      whenLogged('begun', e => e.interrupt('kill')),
    );
    expect(outcome.result).toBe('ABORTED');
    expect(log).not.toMatch(/caught|last/);
    await wait(50);
    expect(processesWith(nap(2))).toEqual([]);
    for (const node of nodes.values()) {
      expect(node.endTime).toBeDefined();
    }
  });

  it('reaches every branch, and a script that runs no step', async () => {
    const branches = await runPipelineText(
      `parallel a: { sleep 60 }, b: { sleep 60 }`,
      whenLogged('Sleeping', e => e.interrupt('stop', 'ann')),
    );
    expect(branches.outcome.result).toBe('ABORTED');
    const loop = await runPipelineText(
      `echo 'begun'\nwhile (true) { }`,
      whenLogged('begun', e => e.interrupt('stop', 'ann')),
    );
    expect(loop.outcome.result).toBe('ABORTED');
  });

  it('leaves no process behind when the build ends', async () => {
    await runPipelineText(`node { sh '${nap(3)} & echo started' }`);
    await wait(50);
    expect(processesWith(nap(3))).toEqual([]);
  });
});

describe('timeout, retry and waiting', () => {
  it('cancels what takes too long, and only that', async () => {
    const { log, outcome } = await runPipelineText(
      `try { timeout(time: 200, unit: 'MILLISECONDS') { sleep 60 } }
       catch (e) { echo "caught \${e.class.simpleName}" }
       sleep time: 300, unit: 'MILLISECONDS'
       echo 'goes on'`,
    );
    expect(outcome.result).toBe('SUCCESS');
    expect(log).toContain('Timeout set to expire in 0.2 sec');
    expect(log).toContain('Cancelling nested steps due to timeout');
    expect(log).toContain('caught FlowInterruptedException');
    expect(log).toContain('goes on');
  });

  it('makes the build ABORTED when nobody catches the timeout', async () => {
    const { outcome } = await runPipelineText(
      `node { timeout(time: 100, unit: 'MILLISECONDS') { sh 'sleep 60' } }`,
    );
    expect(outcome.result).toBe('ABORTED');
  });

  it('retries failures and timeouts, but not a stopped build', async () => {
    const failing = await runPipelineText(
      `int n = 0\nretry(3) { n++; echo "try \${n}"; if (n < 3) error 'again' }`,
    );
    expect(failing.outcome.result).toBe('SUCCESS');
    expect(failing.log.match(/^Retrying$/gm)).toHaveLength(2);
    expect(failing.log).toContain('ERROR: again');
    const slow = await runPipelineText(
      `int n = 0\nretry(2) { n++; timeout(time: 100, unit: 'MILLISECONDS') { if (n == 1) sleep 60 } }`,
    );
    expect(slow.outcome.result).toBe('SUCCESS');
    const stopped = await runPipelineText(
      `retry(5) { sleep 60 }`,
      whenLogged('Sleeping', e => e.interrupt('stop')),
    );
    expect(stopped.outcome.result).toBe('ABORTED');
    expect(stopped.log).not.toContain('Retrying');
  });

  it('waits until a condition holds', async () => {
    const { log } = await runPipelineText(
      `int n = 0\nwaitUntil(initialRecurrencePeriod: 10) { ++n == 3 }\necho "after \${n}"`,
    );
    expect(log.match(/Will try again after/g)).toHaveLength(2);
    expect(log).toContain('after 3');
  });
});

describe('parallel', () => {
  it('ends the other branches when one fails fast', async () => {
    const { log, outcome, nodes } = await runPipelineText(
      `parallel failFast: true,
         slow: { sleep 60; echo 'never' },
         bad: { error 'broken' }`,
    );
    expect(outcome.result).toBe('FAILURE');
    expect(log).toContain('Failed in branch bad');
    expect(log).toContain('Failed in branch slow');
    expect(log).toContain('ERROR: broken');
    const states = [...nodes.values()]
      .filter(({ kind }) => kind === 'branch')
      .map(({ name, state }) => [name, state]);
    expect(states).toEqual([
      ['slow', 'aborted'],
      ['bad', 'failure'],
    ]);
  });

  it('lets the others end otherwise, and fails in the end', async () => {
    const { log, outcome } = await runPipelineText(
      `parallel a: { error 'x' }, b: { sleep time: 50, unit: 'MILLISECONDS'; echo 'b is done' }`,
    );
    expect(outcome.result).toBe('FAILURE');
    expect(log).toContain('b is done');
  });

  it('gives what its branches give', async () => {
    const { log } = await runPipelineText(
      `def r = parallel(a: { 1 }, b: { 'two' })\necho "\${r}"`,
    );
    expect(log).toContain('[a:1, b:two]');
  });
});

describe('flow nodes', () => {
  it('are numbered as in Jenkins and tell their parents and states', async () => {
    const { nodes } = await runPipelineText(
      `node { stage('a') { echo 'x' }\n stage('b') { unstable 'hm' } }`,
    );
    expect(
      [...nodes.values()].map(({ id, kind, name, parentId, state }) =>
        [id, kind, name, parentId ?? '-', state].join(' '),
      ),
    ).toEqual([
      '3 block node - unstable',
      '6 stage a 3 success',
      '7 step echo 6 success',
      '11 stage b 3 unstable',
      '12 step unstable 11 unstable',
    ]);
  });
});
