import { runProcess } from './process';

/** Nothing else happens in this process meanwhile, as on a machine that is busy with others. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('runProcess', () => {
  const leftovers = new Set<number>();
  afterEach(() => {
    for (const group of leftovers) process.kill(-group, 'SIGKILL');
    leftovers.clear();
  });

  const shell = (
    script: string,
    onOutput: (chunk: Buffer) => void,
  ): Promise<number> =>
    runProcess({
      ...{ command: '/bin/sh', args: ['-c', script], cwd: '/' },
      ...{ env: {}, signal: new AbortController().signal },
      ...{ run: { leftovers }, onOutput, onError: () => {} },
    });

  const outputOf = async (script: string) => {
    const chunks: Buffer[] = [];
    const code = await shell(script, chunk => chunks.push(chunk));
    return { code, text: Buffer.concat(chunks).toString() };
  };

  it('loses no output of a process whose end is heard before its output, on a machine that stands still then', async () => {
    let isStalled = false;
    const first = shell('echo first', () => {
      if (isStalled) return;
      isStalled = true;
      // after the loop has heard of the end of both, and before it looks at the output of the second one
      setImmediate(() => stall(500));
      // the second one writes and ends in here; the loop hears of ends after outputs, and then of both
      stall(800);
    });
    const second = outputOf('sleep 0.5; echo second');
    // until the first one has written and ended, so that the loop hears of both together
    stall(300);
    expect(await second).toEqual({ code: 0, text: 'second\n' });
    expect(await first).toBe(0);
    expect(isStalled).toBe(true);
  });

  it('gives all of an output that is larger than what lies between processes', async () => {
    const { text } = await outputOf('head -c 3000000 /dev/zero');
    expect(text).toHaveLength(3_000_000);
  });

  it('waits for nobody who is left in the background, silent or not', async () => {
    const begun = Date.now();
    expect(await outputOf('sleep 60 & echo done')).toMatchObject({
      text: 'done\n',
    });
    const loud = await outputOf('echo done; yes & exit 3');
    expect(loud.code).toBe(3);
    expect(loud.text).toMatch(/^(?:done|y)\n/);
    expect(Date.now() - begun).toBeLessThan(20_000);
    expect(leftovers.size).toBe(2);
  });
});
