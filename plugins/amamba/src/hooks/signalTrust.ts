/**
 * Whether signals can be relied on. The portal's signal client does not tell when its connection is gone; it shows when
 * something changed that no signal told of.
 */
class SignalTrust {
  #trusted = true;
  readonly #listeners = new Set<() => void>();

  /** for `useSyncExternalStore` */
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** for `useSyncExternalStore` */
  get = () => this.#trusted;

  /** A signal came: the connection is there. */
  received(): void {
    this.#set(true);
  }

  /** Something changed that no signal told of. */
  missed(): void {
    this.#set(false);
  }

  #set(trusted: boolean): void {
    if (this.#trusted === trusted) return;
    this.#trusted = trusted;
    for (const listener of this.#listeners) listener();
  }
}

/** All pages share one connection, and so one trust in it. */
export const signalTrust = new SignalTrust();
