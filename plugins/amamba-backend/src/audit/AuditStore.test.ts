import type { AuditRecord } from '@amamba/backstage-plugin-amamba-common';
import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'crypto';
import { migrate } from '../database';
import { AuditStore } from './AuditStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

function record(n: number, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: randomUUID(),
    at: new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString(),
    actor: n % 2 ? 'user:default/ann' : 'user:default/ed',
    workspace: 'team-a',
    action: n % 3 ? 'run.start' : 'pipeline.update',
    objectKind: 'run',
    objectName: `shop #${n}`,
    result: 'done',
    details: { n },
    ...more,
  };
}

describe.each(databases.eachSupportedId())('AuditStore on %s', id => {
  let store: AuditStore;

  beforeAll(async () => {
    const knex = await databases.init(id);
    await migrate(knex);
    store = new AuditStore(knex);
    for (let n = 1; n <= 25; n++) await store.add(record(n));
    await store.add(record(26, { workspace: 'team-b' }));
    await store.add(
      record(27, { result: 'refused', reason: '100%_sure\\ not' }),
    );
  });

  it('pages forth and back without losing or repeating a row', async () => {
    const seen: string[] = [];
    const pages: string[][] = [];
    let after: string | undefined;
    let last: string | undefined;
    do {
      const page = await store.list('team-a', { limit: 10, after });
      expect(page.total).toBe(26);
      pages.push(page.items.map(item => item.objectName));
      seen.push(...pages[pages.length - 1]);
      last = page.previousCursor;
      after = page.nextCursor;
    } while (after);
    expect(seen).toEqual([
      'shop #27',
      ...Array.from({ length: 25 }, (_, i) => `shop #${25 - i}`),
    ]);
    const back = await store.list('team-a', { limit: 10, before: last });
    expect(back.items.map(item => item.objectName)).toEqual(pages[1]);
    const first = await store.list('team-a', {
      limit: 10,
      before: back.previousCursor,
    });
    expect(first.items.map(item => item.objectName)).toEqual(pages[0]);
    expect(first.previousCursor).toBeUndefined();
  });

  it.each([
    [{ who: 'user:default/ann' }, 14],
    [{ what: 'pipeline' }, 9],
    [{ what: 'run.start' }, 17],
    [{ result: 'refused' as const }, 1],
    [{ q: '100%_SURE\\' }, 1],
    [{ q: '%' }, 1],
    [{ from: '2026-11-01T00:20:00.000Z' }, 7],
    [{ to: '2026-11-01T00:20:00.000Z' }, 19],
  ])('filters by %j', async (filter, total) => {
    const page = await store.list('team-a', { limit: 50, ...filter });
    expect(page.total).toBe(total);
    expect(page.items).toHaveLength(total);
  });

  it('refuses a cursor of another list', async () => {
    const { nextCursor } = await store.list('team-a', { limit: 2 });
    await expect(
      store.list('team-a', { limit: 2, q: 'shop', after: nextCursor }),
    ).rejects.toThrow(/^after: /);
    await expect(
      store.list('team-a', { limit: 2, after: 'nonsense' }),
    ).rejects.toThrow(/^after: /);
    await expect(
      store.list('team-b', { limit: 2, after: nextCursor }),
    ).rejects.toThrow(/^after: /);
  });
});
