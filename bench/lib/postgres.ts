import knex, { type Knex } from 'knex';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import type { Resources } from './resources';

/** A PostgreSQL of the benchmark's own. */
export type BenchPostgres = {
  /** Connection string of the superuser, without a database. */
  readonly url: string;
  /** Opens a new database. */
  open(name: string, options?: { connections?: number }): Promise<Knex>;
};

/** Starts PostgreSQL with empty state. `durable`: a commit is on the disk, as in production, and not only in memory. */
export async function startBenchPostgres(
  resources: Resources,
  options: { durable?: boolean } = {},
): Promise<BenchPostgres> {
  const { url, stop } = await startPostgres(options);
  resources.add(stop);
  const connect = (name: string, connections: number) => {
    const client = knex({
      client: 'pg',
      connection: `${url}/${name}`,
      pool: { min: 0, max: connections },
    });
    resources.add(() => client.destroy());
    return client;
  };
  return {
    url,
    async open(name, { connections = 2 } = {}) {
      await connect('postgres', 1).raw('CREATE DATABASE ??', [name]);
      return connect(name, connections);
    },
  };
}
