import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { findProgram, run, since, startGroup } from './process.mjs';

test('run gives the exit code', async () => {
  assert.equal(await run(process.execPath, ['-e', 'process.exit(3)']), 3);
});

test('a program that is not there is an error that says so', async () => {
  await assert.rejects(
    run('no-such-program', []),
    /no-such-program could not be started/,
  );
});

test('a program is found on PATH or in the folders given', () => {
  assert.match(findProgram('sh'), /\/sh$/);
  assert.equal(findProgram('no-such-program'), undefined);
});

test(
  'stopping a group also stops what its program started',
  { timeout: 5_000 },
  async () => {
    // The shell's child ignores SIGTERM, as a badly behaved server would.
    const group = startGroup(
      'sh',
      [
        '-c',
        `sh -c 'trap "" TERM; echo $$; for n in 1 2 3 4 5 6; do sleep 1; done' & wait`,
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(group.child.stdout, 'data');
    const closed = once(group.child.stdout, 'close');
    await group.stop({ graceMs: 200 });
    // The pipe closes when nobody is left who could write to it.
    await closed;
  },
);

test('durations are for people', () => {
  assert.equal(since(Date.now() - 3_200), '3.2 s');
  assert.equal(since(Date.now() - 247_000), '4 min 07 s');
});
