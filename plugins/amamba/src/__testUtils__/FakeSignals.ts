import type { ChangeSignal } from '@amamba/backstage-plugin-amamba-common';
import type { SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';

/** Signals in memory. */
export class FakeSignals implements SignalApi {
  readonly #listeners = new Set<(message: JsonObject) => void>();

  subscribe<M extends JsonObject>(
    _channel: string,
    onMessage: (message: M) => void,
  ) {
    const listener = (message: JsonObject) => onMessage(message as M);
    this.#listeners.add(listener);
    return { unsubscribe: () => this.#listeners.delete(listener) };
  }

  /** Tells everybody that something changed. */
  send(change: ChangeSignal): void {
    for (const listener of this.#listeners) listener({ ...change });
  }
}
