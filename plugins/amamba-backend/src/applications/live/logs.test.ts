import type { PodLogLine } from '@amamba/backstage-plugin-amamba-common';
import { describeWithClusters } from 'sandbox';
import { appendFileSync, truncateSync } from 'fs';
import { LivePortal, until } from './__testUtils__/livePortal';

// 200 MB go through four processes, on a machine that may have other work.
jest.setTimeout(600_000);

type Line = Extract<PodLogLine, { type: 'line' }>;

const isLine = (record: PodLogLine): record is Line => record.type === 'line';

/** Reads until the test says so. */
async function take(
  records: AsyncGenerator<PodLogLine>,
  isEnough: (records: PodLogLine[]) => boolean,
): Promise<PodLogLine[]> {
  const all: PodLogLine[] = [];
  for await (const record of records) {
    all.push(record);
    if (isEnough(all)) break;
  }
  return all;
}

describeWithClusters(1, 'logs of applications on a real cluster', clusters => {
  let live: LivePortal;
  let written = 0;

  beforeAll(async () => {
    live = await LivePortal.start(clusters()[0]);
  });
  afterAll(() => live.stop());
  afterEach(() => live.proxy.heal());

  const silentLog = () => live.cluster.silentLog;
  /** Writes numbered lines, as a container runtime does. */
  const write = (count: number, text = 'line') => {
    const file = silentLog();
    if (!file) return;
    const now = new Date().toISOString().replace('Z', '');
    let lines = '';
    for (let n = 0; n < count; n++) {
      const nanos = String(written % 1_000_000).padStart(6, '0');
      lines += `${now}${nanos}Z stdout F ${text} ${written++}\n`;
    }
    appendFileSync(file, lines);
  };
  const empty = () => {
    const file = silentLog();
    if (file) truncateSync(file);
    written = 0;
  };

  it('reads several pods in the order of time, and ends', async () => {
    const pods = await live.run('many', { container: 'shop', replicas: 3 });
    const records = await take(
      await live.logs('many', { tail: 20 }),
      () => false,
    );
    expect(records.at(-1)).toEqual({ type: 'current' });
    const lines = records.filter(isLine);
    expect(lines).toHaveLength(60);
    expect(new Set(lines.map(({ pod }) => pod))).toEqual(new Set(pods));
    const times = lines.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    const one = await take(
      await live.logs('many', { tail: 5, pods: pods[1], container: 'shop' }),
      () => false,
    );
    expect(one.filter(isLine).map(({ pod }) => pod)).toEqual(
      Array(5).fill(pods[1]),
    );
  });

  it.each([
    ['a pod of nobody', { pods: 'nope' }, 404],
    ['a container that is not there', { container: 'nope' }, 404],
    ['no name of a pod', { pods: '../secrets' }, 400],
    ['a tail without end', { tail: 20_001 }, 400],
    [
      'more pods than are read together',
      { pods: Array.from({ length: 21 }, (_, n) => `p${n}`).join(',') },
      400,
    ],
  ])('refuses %s', async (_what, query, status) => {
    await expect(
      live.as('vi').open('readPodLogs', { params: live.params('many'), query }),
    ).rejects.toMatchObject({ statusCode: status });
  });

  it('does not read pods of other applications, nor for strangers', async () => {
    const [foreign] = await live.run('foreign', { container: 'cart' });
    const params = live.params('many');
    const query = { pod: foreign };
    for (const call of [
      () =>
        live.as('vi').open('readPodLogs', { params, query: { pods: foreign } }),
      () => live.as('vi').open('downloadPodLogs', { params, query }),
      () =>
        live.as('sam').open('downloadPodLogs', {
          ...{ params: live.params('foreign'), query },
        }),
      () =>
        live.as('sam').open('readPodLogs', {
          params: { ...live.params('foreign'), workspace: 'team-b' },
        }),
      () =>
        live.as('ann').open('readPodLogs', {
          params: { ...params, namespace: 'kube-system', name: 'coredns' },
        }),
    ]) {
      await expect(call()).rejects.toMatchObject({ statusCode: 404 });
    }
  });

  it('says of containers that did not run before that there is nothing', async () => {
    const records = await take(
      await live.logs('many', { previous: 'true' }),
      () => false,
    );
    expect(records).toEqual([{ type: 'current' }]);
  });

  it('reads what the container wrote that ran before', async () => {
    const [pod] = await live.run('fails', {
      container: 'other',
      labels: ', sandbox.amamba.io/fails: crash-loop',
    });
    await until(
      () => live.portal.get(live.path('fails'), 'vi'),
      ({ body }) => body.pods[0]?.containers[0].previous,
    );
    const records = await take(
      await live.logs('fails', { previous: 'true' }),
      () => false,
    );
    expect(records.filter(isLine).map(({ text }) => text)).toContain(
      'the database does not answer, giving up',
    );
    const file = await live.as('vi').open('downloadPodLogs', {
      params: live.params('fails'),
      query: { pod, previous: 'true' },
    });
    expect(file.headers.get('content-disposition')).toContain('previous.log');
    expect(await file.text()).toMatch(/^connecting to orders-db:5432 …\n/);
  });

  it('follows without losing or doubling a line, whatever breaks on the way', async () => {
    if (!silentLog()) return;
    empty();
    write(10);
    await live.run('quiet', { replicas: 2 });
    const records = await live.logs('quiet', { follow: 'true', tail: 5 });
    let breaks = 0;
    const all = await take(records, found => {
      const lines = found.filter(isLine).length;
      const isCurrent = found.some(({ type }) => type === 'current');
      // Two pods with 5 lines each, and then what is written while all is cut, again and again.
      if (isCurrent && lines >= 10 + breaks * 40 && breaks < 4) {
        breaks++;
        write(10);
        live.proxy.cut();
        write(10);
      }
      return breaks === 4 && lines >= 10 + 4 * 40;
    });
    const expected = Array.from({ length: 85 }, (_, n) => `line ${n + 5}`);
    for (const pod of new Set(all.filter(isLine).map(line => line.pod))) {
      const texts = all.filter(isLine).filter(line => line.pod === pod);
      expect(texts.map(({ text }) => text)).toEqual(expected);
    }
    const codes = all.flatMap(record =>
      record.type === 'notice' ? [record.code] : [],
    );
    expect(codes).toEqual(expect.arrayContaining(['interrupted', 'resumed']));
  });

  it('joins pods that come while it follows, and says that others ended', async () => {
    await live.run('grows', { container: 'shop' });
    const records = await live.logs('grows', { follow: 'true', tail: 1 });
    let isScaled = false;
    const all = await take(records, found => {
      if (!isScaled && found.some(({ type }) => type === 'current')) {
        isScaled = true;
        void live.run('grows', { container: 'shop', replicas: 2 });
      }
      return new Set(found.filter(isLine).map(({ pod }) => pod)).size === 2;
    });
    const [started] = all.filter(({ type }) => type === 'notice');
    expect(started).toMatchObject({ code: 'started', container: 'shop' });
  });

  it('lets go of the cluster when its reader goes', async () => {
    const isFollowed = async () => {
      const answer = await live.portal.get(
        `${live.path('many')}/logs?tail=0`,
        'vi',
      );
      return answer.status;
    };
    // As many as one may have: if one were kept, the last would be refused.
    for (let n = 0; n < 25; n++) {
      const gone = new AbortController();
      const records = await live.logs(
        'many',
        { follow: 'true', tail: 1 },
        gone.signal,
      );
      await records.next();
      gone.abort();
      await until(isFollowed, status => status === 200);
    }
    expect(await isFollowed()).toBe(200);
  });

  it('streams a log of 200 MB whole, in its order, without holding it', async () => {
    if (!silentLog()) return;
    empty();
    const text = 'x'.repeat(1_500);
    const count = 140_000;
    for (let n = 0; n < count; n += 20_000) write(20_000, text);
    const [pod] = await live.run('quiet', { replicas: 2 });
    const file = await live.as('vi').open('downloadPodLogs', {
      ...{ params: live.params('quiet'), query: { pod } },
    });
    let next = 0;
    let rest = '';
    let bytes = 0;
    let heap = 0;
    const decoder = new TextDecoder();
    for await (const chunk of file.body ?? []) {
      bytes += chunk.length;
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== `${text} ${next}`) throw new Error(`Not ${next}: ${line}`);
        next++;
      }
      heap = Math.max(heap, process.memoryUsage().arrayBuffers);
    }
    empty();
    expect([next, rest]).toEqual([count, '']);
    expect(bytes).toBeGreaterThan(200_000_000);
    expect(heap).toBeLessThan(150_000_000);
  });
});
