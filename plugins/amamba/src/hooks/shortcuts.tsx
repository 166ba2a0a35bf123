import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  type PropsWithChildren,
} from 'react';
import { useStored } from './useStored';

/** A key, or two in a row (`g o`), with what it does. */
export interface Shortcut {
  /** as in `KeyboardEvent.key`; two are separated by a space */
  keys: string;
  /** what it does, for the help */
  label: string;
}

interface Registration extends Shortcut {
  press: (event: KeyboardEvent) => void;
}

/** The shortcuts of the pages that are open. */
export interface ShortcutRegistry {
  add(shortcut: Registration): () => void;
  list(): Shortcut[];
}

const SEQUENCE_MS = 1500;

/** Whether keys typed there are text. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[data-keys="own"]')) {
    return true;
  }
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Listens for keys and calls the newest shortcut that fits. */
class Registry implements ShortcutRegistry {
  readonly #shortcuts: Registration[] = [];
  #first: { key: string; at: number } | undefined;

  add(shortcut: Registration): () => void {
    this.#shortcuts.push(shortcut);
    return () => {
      this.#shortcuts.splice(this.#shortcuts.indexOf(shortcut), 1);
    };
  }

  list(): Shortcut[] {
    return this.#shortcuts.map(({ keys, label }) => ({ keys, label }));
  }

  /** Handles a key; gives whether a shortcut took it. */
  press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.defaultPrevented || takesText(event.target)) return false;
    // an open dialog has the keys for itself
    if (document.querySelector('[role="dialog"]')) return false;
    const now = Date.now();
    const first =
      this.#first && now - this.#first.at < SEQUENCE_MS
        ? this.#first.key
        : undefined;
    this.#first = undefined;
    const wanted = first ? `${first} ${event.key}` : event.key;
    const found = [...this.#shortcuts]
      .reverse()
      .find(({ keys }) => keys === wanted);
    if (found) {
      found.press(event);
      return true;
    }
    if (this.#shortcuts.some(({ keys }) => keys.startsWith(`${event.key} `))) {
      this.#first = { key: event.key, at: now };
    }
    return false;
  }
}

const RegistryContext = createContext<ShortcutRegistry | undefined>(undefined);

/** Whether shortcuts are on; the reader can switch them off. */
export function useShortcutsEnabled() {
  return useStored<boolean>('shortcuts', true);
}

/** Listens for the shortcuts of the pages inside. */
export function ShortcutsProvider(props: PropsWithChildren<{}>) {
  const [enabled] = useShortcutsEnabled();
  const registry = useMemo(() => new Registry(), []);
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (registry.press(event)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [enabled, registry]);
  return (
    <RegistryContext.Provider value={registry}>
      {props.children}
    </RegistryContext.Provider>
  );
}

/** The shortcuts that are at hand now, for the help. */
export function useShortcutRegistry(): ShortcutRegistry | undefined {
  return useContext(RegistryContext);
}

/**
 * Binds a key while the component is there. Keys do nothing in fields, in elements with `data-keys="own"` and while
 * a dialog is open.
 * @param keys - as in `KeyboardEvent.key`; two in a row are separated by a space
 * @param label - what it does, for the help
 * @param press - undefined: not at the moment
 */
export function useShortcut(
  keys: string,
  label: string,
  press: ((event: KeyboardEvent) => void) | undefined,
): void {
  const registry = useContext(RegistryContext);
  const latest = useRef(press);
  latest.current = press;
  const active = press !== undefined;
  useEffect(() => {
    if (!active) return undefined;
    return registry?.add({
      keys,
      label,
      press: event => latest.current?.(event),
    });
  }, [registry, keys, label, active]);
}
