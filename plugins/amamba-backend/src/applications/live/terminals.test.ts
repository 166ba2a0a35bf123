import type { TerminalEvent } from '@amamba/backstage-plugin-amamba-common';
import { describeWithClusters } from 'sandbox';
import { LivePortal, until } from './__testUtils__/livePortal';

jest.setTimeout(60_000);

interface Row {
  action: string;
  actor: string;
  result: string;
  details: Record<string, unknown>;
}

describeWithClusters(1, 'terminals on a real cluster', clusters => {
  let live: LivePortal;
  let pod: string;

  beforeAll(async () => {
    live = await LivePortal.start(clusters()[0]);
    [pod] = await live.run('shop', { container: 'shop' });
    await live.run('other', { container: 'shop' });
  });
  afterAll(() => live.stop());

  const open = (
    user: string,
    body: { pod?: string; container?: string } = {},
  ) =>
    live.as(user).call('openTerminal', {
      params: live.params('shop'),
      body: { pod, ...body },
    });
  const at = (terminal: string, name = 'shop') => ({
    params: { ...live.params(name), terminal },
  });
  const type = (user: string, terminal: string, data: string) =>
    live
      .as(user)
      .call('writeTerminal', { ...at(terminal), body: { type: 'data', data } });
  const close = (user: string, terminal: string) =>
    live.as(user).call('closeTerminal', at(terminal));

  /** Reads until a text was printed, or all of it. */
  async function printed(
    output: AsyncGenerator<TerminalEvent>,
    wanted?: RegExp,
  ): Promise<{ text: string; end?: TerminalEvent }> {
    let text = '';
    for (;;) {
      const { value, done } = await output.next();
      if (done) return { text };
      if (value.type === 'ended') return { text, end: value };
      text += value.text;
      if (wanted?.test(text)) return { text };
    }
  }

  async function trail(): Promise<Row[]> {
    const { body } = await live.portal.get(
      '/workspaces/team-a/audit?limit=50',
      'ann',
    );
    return body.items;
  }

  it('runs a shell for who opened it, and leaves a trail without what was typed', async () => {
    const { id, container } = await open('ed');
    expect(container).toBe('shop');
    const output = await live.output('ed', 'shop', id);
    await type('ed', id, 'echo "s$((40 + 2))cret 中"\r');
    expect((await printed(output, /s42cret 中/)).text).toContain('cret');
    await type('ed', id, 'exit 3\r');
    const { end } = await printed(output);
    expect(end).toEqual({ type: 'ended', reason: 'exited', code: 3 });
    const rows = await until(
      trail,
      ([first]) => first.action === 'terminal.close',
    );
    expect(rows.slice(0, 2)).toMatchObject([
      {
        ...{ action: 'terminal.close', actor: 'plugin:amamba', result: 'done' },
        details: {
          ...{ openedBy: 'user:default/ed', reason: 'exited', code: 3 },
          ...{ pod, container: 'shop', terminal: id },
        },
      },
      {
        ...{
          action: 'terminal.open',
          actor: 'user:default/ed',
          result: 'done',
        },
        details: { pod, container: 'shop', terminal: id },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('cret');
    await expect(type('ed', id, 'x')).rejects.toMatchObject({
      statusCode: 409,
    });
  });

  it('is a terminal: it has a size, and is closed', async () => {
    const { id } = await open('ed');
    const output = await live.output('ed', 'shop', id);
    await live.as('ed').call('writeTerminal', {
      ...at(id),
      body: { type: 'resize', columns: 123, rows: 45 },
    });
    await type('ed', id, 'stty size\r');
    expect((await printed(output, /45 123/)).text).toContain('45 123');
    await close('ed', id);
    expect((await printed(output)).end).toEqual({
      ...{ type: 'ended', reason: 'closed' },
    });
    const [row] = await trail();
    expect(row).toMatchObject({
      ...{ action: 'terminal.close', actor: 'user:default/ed' },
      details: { reason: 'closed' },
    });
  });

  it('is nobody else’s, and not there under another name', async () => {
    const { id } = await open('ed');
    for (const call of [
      type('ann', id, 'x'),
      close('ann', id),
      live.output('ann', 'shop', id),
      live.output('sam', 'shop', id),
      live.output('ed', 'other', id),
      type('ed', '6f1ae1a0-7d0c-4f34-8f6a-111111111111', 'x'),
    ]) {
      await expect(call).rejects.toMatchObject({ statusCode: 404 });
    }
    await close('ed', id);
  });

  it('is refused to a viewer, who leaves a trail too', async () => {
    await expect(open('vi')).rejects.toMatchObject({ statusCode: 403 });
    const [row] = await trail();
    expect(row).toMatchObject({
      ...{ action: 'terminal.open', actor: 'user:default/vi' },
      result: 'refused',
    });
  });

  it.each([
    ['a pod of nobody', 'ed', { pod: 'nope' }],
    ['a container that is not there', 'ed', { container: 'nope' }],
    ['a stranger', 'sam', {}],
  ])('does not find %s', async (_what, user, body) => {
    await expect(open(user, body)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('does not reach pods of other applications', async () => {
    const { body } = await live.portal.get(live.path('other'), 'vi');
    const [{ name }] = body.pods;
    await expect(open('ed', { pod: name })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('gives a user five, and the place of one that ended', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await open('ed')).id);
    await expect(open('ed')).rejects.toMatchObject({
      body: { error: { message: expect.stringContaining('5 terminals') } },
    });
    await close('ed', ids[0]);
    ids.push((await open('ed')).id);
    await Promise.all(ids.slice(1).map(id => close('ed', id)));
  });

  it('goes on when its reader comes back, and prints what came meanwhile', async () => {
    const { id } = await open('ed');
    const gone = new AbortController();
    const output = await live.output('ed', 'shop', id, gone.signal);
    await type('ed', id, 'echo f"irst"\r');
    await printed(output, /first/);
    gone.abort();
    await type('ed', id, 'echo s"econd"\r');
    const again = await live.output('ed', 'shop', id);
    expect((await printed(again, /second/)).text).toContain('second');
    // A second reader takes the place of the first.
    const third = await live.output('ed', 'shop', id);
    expect(await printed(again)).toMatchObject({ text: '' });
    await type('ed', id, 'exit\r');
    expect((await printed(third)).end).toMatchObject({ reason: 'exited' });
  });

  it('slows down what prints more than is read', async () => {
    const { id } = await open('ed');
    const before = process.memoryUsage().arrayBuffers;
    await type('ed', id, 'yes | head -c 8000000; echo d"one"\r');
    const output = await live.output('ed', 'shop', id);
    await output.next();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4e6);
    let bytes = 0;
    for (;;) {
      const { text } = await printed(output, /./);
      bytes += text.length;
      if (text.includes('done')) break;
    }
    expect(bytes).toBeGreaterThan(8_000_000);
    await close('ed', id);
  });

  it('says that the connection to the cluster broke', async () => {
    const { id } = await open('ed');
    const output = await live.output('ed', 'shop', id);
    live.proxy.cut();
    expect((await printed(output)).end).toMatchObject({
      ...{ reason: 'failed', message: expect.stringContaining('broke') },
    });
  });
});
