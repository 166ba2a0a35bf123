import type { Knex } from 'knex';

/** What an HTTP caller never sees: the process was killed. */
export class Killed extends Error {}

/**
 * A database connection whose process is killed before any of its statements. What the dead one had begun and not
 * committed is taken back, as the server does when a connection is gone.
 */
export class DyingDatabase {
  #left = Infinity;
  #steps = 0;

  constructor(database: Knex) {
    database.on('query', ({ sql }: { sql: string }) => {
      // dead before a commit or before the statement ahead of it is the same; knex ends both by itself
      if (!/^(?:commit|rollback)/i.test(sql)) this.step();
    });
  }

  /** Something that a process does after which it may be dead. @throws Killed when it is */
  step(): void {
    if (this.#steps >= this.#left) throw new Killed('killed');
    this.#steps += 1;
  }

  /**
   * Does something in a process that dies after so many steps.
   *
   * @returns whether it died
   */
  async kill(after: number, act: () => Promise<unknown>): Promise<boolean> {
    this.#steps = 0;
    this.#left = after;
    try {
      await act();
    } catch (error) {
      if (!this.isDead) throw error;
    }
    const { isDead } = this;
    this.#left = Infinity;
    return isDead;
  }

  get isDead(): boolean {
    return this.#steps >= this.#left;
  }
}
