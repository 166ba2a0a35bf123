/**
 * Brings several sources into one, as each has something. A source is asked for more only after what it gave was taken, so that a slow
 * taker slows all of them and nothing piles up. Sources may be added at any time; they must not throw.
 */
export class Funnel<T> {
  readonly #ready: { source: AsyncIterator<T>; value: T }[] = [];
  #open = 0;
  #wake: () => void = () => {};

  /** @param source - its end is no end of the funnel while others go on */
  add(source: AsyncIterator<T>): void {
    this.#open++;
    this.#ask(source);
  }

  /** What comes next; undefined when all sources ended. */
  async take(): Promise<T | undefined> {
    while (this.#ready.length === 0) {
      if (this.#open === 0) return undefined;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    const next = this.#ready.shift();
    if (next) this.#ask(next.source);
    return next?.value;
  }

  #ask(source: AsyncIterator<T>): void {
    const ended = () => {
      this.#open--;
      this.#wake();
    };
    source.next().then(({ done, value }) => {
      if (done) ended();
      else {
        this.#ready.push({ source, value });
        this.#wake();
      }
    }, ended);
  }
}
