import knex, { type Knex } from 'knex';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import type { Resources } from './resources';

/** A PostgreSQL of the benchmark's own. */
export type BenchPostgres = {
  /** Connection string of the superuser, without a database. */
  readonly url: string;
  /** Opens a new database. */
  open(name: string, options?: { connections?: number }): Promise<Knex>;
  /** Connects to a database that is there. */
  connect(name: string): Knex;
};

/** Starts PostgreSQL with empty state. `durable`: a commit is on the disk, as in production, and not only in memory. */
export async function startBenchPostgres(
  resources: Resources,
  options: { durable?: boolean } = {},
): Promise<BenchPostgres> {
  const { url, stop } = await startPostgres(options);
  resources.add(stop);
  const connect = (name: string, connections = 2) => {
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
    connect: name => connect(name),
    async open(name, { connections } = {}) {
      await connect('postgres', 1).raw('CREATE DATABASE ??', [name]);
      return connect(name, connections);
    },
  };
}

/** Configuration of a portal that keeps its data there, as in production. */
export function onPostgres({ url }: BenchPostgres) {
  return { backend: { database: { client: 'pg', connection: url } } };
}
