import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate, rollback, SecretBox } from '../../database';
import { RepositoriesStore } from './RepositoriesStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const REPOSITORY = {
  workspaceRef: 'group:default/team-a',
  name: 'charts',
  type: 'http' as const,
  url: 'https://charts.example.com/stable',
  charts: [],
  createdBy: 'user:default/ann',
  version: 1,
};

describe.each(databases.eachSupportedId())('repositories in %s', id => {
  it('are kept by workspace, changed by who saw them last, and removed', async () => {
    const database = await databases.init(id);
    await migrate(database);
    const store = new RepositoriesStore(database);
    await store.add(REPOSITORY);
    await store.add({ ...REPOSITORY, workspaceRef: 'group:default/team-b' });
    await expect(store.add(REPOSITORY)).rejects.toThrow(/already/);
    const changed = await store.update({
      ...REPOSITORY,
      ...{ username: 'ann', password: 'sealed', charts: ['web'] },
    });
    expect(changed.version).toBe(2);
    await expect(store.update(REPOSITORY)).rejects.toThrow(/meanwhile/);
    expect(await store.ofWorkspace(REPOSITORY.workspaceRef)).toEqual([changed]);
    await store.remove(REPOSITORY.workspaceRef, 'charts');
    expect(await store.find(REPOSITORY.workspaceRef, 'charts')).toBeUndefined();
    expect(await store.find('group:default/team-b', 'charts')).toBeDefined();
    await rollback(database);
    expect(await database.schema.hasTable('amamba_helm_repositories')).toBe(
      false,
    );
  });
});

describe('a secret in the database', () => {
  const [old, young] = ['an-old-key-of-the-portal', 'a-new-key-of-the-portal'];

  it('opens at its place only, also with an older key', () => {
    const sealed = new SecretBox([old]).seal('password', 'a/b');
    expect(sealed).not.toContain('password');
    const box = new SecretBox([young, old]);
    expect(box.open(sealed, 'a/b')).toBe('password');
    expect(box.open(sealed, 'a/c')).toBeUndefined();
    expect(new SecretBox([young]).open(sealed, 'a/b')).toBeUndefined();
    expect(box.open(`${sealed.slice(0, -6)}AAAAAA`, 'a/b')).toBeUndefined();
    expect(box.open('v1.x.y', 'a/b')).toBeUndefined();
    expect(box.seal('password', 'a/b')).not.toBe(box.seal('password', 'a/b'));
  });

  it('is not kept without a key', () => {
    expect(() => new SecretBox([]).seal('x', 'y')).toThrow(/secrets\.keys/);
  });
});
