import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate, rollback } from './migrate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up, down and up again', async () => {
    const knex = await databases.init(id);
    await migrate(knex);
    expect(await knex.schema.hasTable('amamba_audit')).toBe(true);
    await rollback(knex);
    expect(await knex.schema.hasTable('amamba_audit')).toBe(false);
    await migrate(knex);
    expect(await knex.schema.hasTable('amamba_audit')).toBe(true);
  });
});
