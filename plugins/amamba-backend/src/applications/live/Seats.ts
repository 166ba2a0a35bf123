import { ConflictError, ServiceUnavailableError } from '@backstage/errors';

/** Counts what is open at once, for each user and in all. */
export class Seats {
  readonly #what: string;
  readonly #perUser: number;
  readonly #total: number;
  readonly #taken = new Map<string, number>();
  #all = 0;

  /** @param options - what: `terminals`, for the words */
  constructor(options: { what: string; perUser: number; total: number }) {
    this.#what = options.what;
    this.#perUser = options.perUser;
    this.#total = options.total;
  }

  /**
   * @returns gives it back; more than once does no harm
   * @throws ConflictError when the user has too many, ServiceUnavailableError when all together have
   */
  take(user: string): () => void {
    const taken = this.#taken.get(user) ?? 0;
    if (taken >= this.#perUser) {
      throw new ConflictError(
        `You have ${taken} ${this.#what} open, as many as one may. Close one.`,
      );
    }
    if (this.#all >= this.#total) {
      throw new ServiceUnavailableError(
        `The portal has ${this.#all} ${this.#what} open, as many as it holds. Try again later.`,
      );
    }
    this.#taken.set(user, taken + 1);
    this.#all++;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#all--;
      const left = (this.#taken.get(user) ?? 1) - 1;
      if (left > 0) this.#taken.set(user, left);
      else this.#taken.delete(user);
    };
  }
}
