import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const MIGRATIONS = resolvePackagePath(
  '@amamba/backstage-plugin-amamba-backend',
  'migrations',
);

/** The plugin's database with its schema up to date, unless the portal migrates by itself. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) await migrate(client);
  return client;
}

/** Brings the schema up to date. */
export async function migrate(client: Knex): Promise<void> {
  await client.migrate.latest({ directory: MIGRATIONS });
}

/** Takes everything back; for tests of the migrations. */
export async function rollback(client: Knex): Promise<void> {
  await client.migrate.rollback({ directory: MIGRATIONS }, true);
}
