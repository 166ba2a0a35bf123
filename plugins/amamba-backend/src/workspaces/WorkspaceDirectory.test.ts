import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { RolesConfig } from '../config';
import { WorkspaceDirectory } from './WorkspaceDirectory';

function group(name: string, parent?: string, namespace = 'default'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace },
    spec: { type: 'team' },
    relations: parent ? [{ type: 'childOf', targetRef: parent }] : [],
  };
}

function directory(entities: Entity[], roles: Partial<RolesConfig> = {}) {
  const catalog = catalogServiceMock({ entities });
  return {
    catalog,
    directory: new WorkspaceDirectory({
      catalog,
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
      filter: { kind: 'Group' },
      roles: { members: 'editor', inherit: true, grants: [], ...roles },
    }),
  };
}

describe('WorkspaceDirectory', () => {
  it('names groups of other namespaces by both', async () => {
    const { directory: all } = directory([
      group('Team-A'),
      group('team-a', undefined, 'Shop'),
    ]);
    expect((await all.all()).map(({ name, ref }) => [name, ref])).toEqual([
      ['Team-A', 'group:default/team-a'],
      ['shop~team-a', 'group:shop/team-a'],
    ]);
    expect((await all.byName('team-a'))?.ref).toBe('group:default/team-a');
    expect((await all.byName('shop~team-a'))?.ref).toBe('group:shop/team-a');
  });

  it('lets members and grants of ancestors in, and survives a cycle', async () => {
    const entities = [
      group('a', 'group:default/b'),
      group('b', 'group:default/c'),
      group('c', 'group:default/a'),
    ];
    const grants = [
      {
        role: 'admin' as const,
        subjects: ['user:default/x'],
        workspaces: ['group:default/c'],
      },
    ];
    const inherited = await directory(entities, { grants }).directory.byName(
      'a',
    );
    expect(inherited?.grants).toEqual([
      { subject: 'group:default/a', role: 'editor' },
      { subject: 'group:default/b', role: 'editor' },
      { subject: 'group:default/c', role: 'editor' },
      { subject: 'user:default/x', role: 'admin' },
    ]);
    const own = await directory(entities, {
      grants,
      inherit: false,
    }).directory.byName('a');
    expect(own?.grants).toEqual([
      { subject: 'group:default/a', role: 'editor' },
    ]);
  });

  it('gives members nothing when so configured', async () => {
    const { directory: strict } = directory([group('a')], { members: 'none' });
    expect((await strict.byName('a'))?.grants).toEqual([]);
  });

  it('reads anew beside what is asked before what it knows is too old', async () => {
    const start = Date.now();
    const entities = [group('a')];
    const { directory: known, catalog } = directory(entities);
    const query = jest.spyOn(catalog, 'queryEntities');
    expect(await known.all()).toHaveLength(1);
    jest.useFakeTimers({ now: start + 12_000 });
    query.mockRejectedValueOnce(new Error('down'));
    expect(await known.all()).toHaveLength(1);
    expect(query).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(2_000);
    // nobody waits for it
    query.mockReturnValueOnce(new Promise(() => {}));
    expect(await known.all()).toHaveLength(1);
    expect(query).toHaveBeenCalledTimes(3);
    jest.useRealTimers();
  });

  it('says that the catalog is down, and keeps what it knew', async () => {
    const { directory: fresh, catalog } = directory([group('a')]);
    const query = jest.spyOn(catalog, 'queryEntities');
    query.mockRejectedValueOnce(new Error('down'));
    await expect(fresh.all()).rejects.toThrow(/catalog does not answer/);
    expect(await fresh.all()).toHaveLength(1);
    jest.useFakeTimers({ now: Date.now() + 60_000 });
    query.mockRejectedValueOnce(new Error('down again'));
    expect(await fresh.all()).toHaveLength(1);
    jest.useRealTimers();
  });
});
