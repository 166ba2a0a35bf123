import { rolePermissions } from '@amamba/backstage-plugin-amamba-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockServices, type TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { as, startPortal } from '../__testUtils__/portal';

describe('workspaces over HTTP', () => {
  let portal: TestBackend;

  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.stop());

  const get = (path: string, user: string) =>
    request(portal.server)
      .get(`/api/amamba${path}`)
      .set('Authorization', as(user));

  it.each([
    ['ann', ['team-a'], 'admin'],
    ['ed', ['team-a'], 'editor'],
    ['vi', ['team-a'], 'viewer'],
    ['sam', ['team-b'], 'editor'],
    ['pat', ['team-a', 'team-b'], 'admin'],
    ['boss', ['team-a', 'team-b'], 'editor'],
    ['nobody', [], undefined],
  ])('lists what %s may read', async (user, names, role) => {
    const { status, body } = await get('/v1/workspaces', user);
    expect(status).toBe(200);
    expect(body.items.map((item: { name: string }) => item.name)).toEqual(
      names,
    );
    for (const item of body.items) expect(item.role).toBe(role);
  });

  it('says what the caller may do and who can help', async () => {
    const { body } = await get('/v1/workspaces/team-a', 'vi');
    expect(body).toMatchObject({
      name: 'team-a',
      ref: 'group:default/team-a',
      role: 'viewer',
      admins: [
        { ref: 'user:default/ann', title: 'ann' },
        { ref: 'group:default/platform' },
      ],
    });
    expect(body.can.sort()).toEqual([...rolePermissions.viewer].sort());
  });

  it.each(['/v1/workspaces/team-a', '/v1/workspaces/team-a/audit'])(
    'reads alike for a foreign and an unknown workspace: %s',
    async path => {
      const foreign = await get(path, 'sam');
      const unknown = await get(path.replace('team-a', 'team-x'), 'sam');
      expect(foreign.status).toBe(404);
      expect(unknown.status).toBe(404);
      expect(foreign.body.error.message.replace(/team-a/g, 'X')).toBe(
        unknown.body.error.message.replace(/team-x/g, 'X'),
      );
    },
  );

  it.each([
    ['shop', 'team-a', 'owner'],
    ['lent', 'team-a', 'annotation'],
  ])('finds the workspace of entity %s', async (name, ws, by) => {
    const answer = await get(
      `/v1/entities/component/default/${name}/workspace`,
      'ed',
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ by, workspace: { name: ws } });
  });

  it.each(['search', 'nobodys', 'anns', 'missing'])(
    'finds no workspace of entity %s',
    async name => {
      const answer = await get(
        `/v1/entities/component/default/${name}/workspace`,
        'ed',
      );
      expect(answer.status).toBe(404);
    },
  );

  it.each([
    ['a%2Fb', 400],
    ['..', 400],
    ['%2e%2e', 400],
    ['a%20b', 400],
    ["a'b", 400],
    ['%E5%9B%A2%E9%98%9F', 400],
    ['x'.repeat(300), 400],
  ])('answers a name like %s with %d', async (name, status) => {
    const answer = await get(`/v1/workspaces/${name}`, 'ed');
    expect(answer.status).toBe(status);
  });

  it('needs a signed-in caller', async () => {
    const answer = await request(portal.server)
      .get('/api/amamba/v1/workspaces')
      .set('Authorization', 'Bearer nonsense');
    expect(answer.status).toBe(401);
  });

  it('shows the audit to admins only', async () => {
    expect((await get('/v1/workspaces/team-a/audit', 'ann')).status).toBe(200);
    const refused = await get('/v1/workspaces/team-a/audit', 'ed');
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('amamba.audit.read');
  });

  it('names the field of a wrong query', async () => {
    const answer = await get('/v1/workspaces/team-a/audit?limit=0', 'ann');
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(/^limit: /);
  });

  it('serves its OpenAPI document', async () => {
    const { body } = await get('/v1/openapi.json', 'vi');
    expect(Object.keys(body.paths)).toContain('/v1/workspaces/{workspace}');
  });
});

describe('a permission policy', () => {
  it('can forbid what a role gives', async () => {
    const portal = await startPortal({
      features: [
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    });
    const { body } = await request(portal.server)
      .get('/api/amamba/v1/workspaces')
      .set('Authorization', as('ann'));
    expect(body.items).toEqual([]);
    const { status } = await request(portal.server)
      .get('/api/amamba/v1/workspaces/team-a')
      .set('Authorization', as('ann'));
    expect(status).toBe(404);
    await portal.stop();
  });

  it('decides alone in mode policy', async () => {
    const portal = await startPortal({ amamba: { authorization: 'policy' } });
    const { status } = await request(portal.server)
      .get('/api/amamba/v1/workspaces/team-a/audit')
      .set('Authorization', as('sam'));
    expect(status).toBe(200);
    await portal.stop();
  });
});
