import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Part of a page's state that stands in its address. */
export interface UrlState {
  get(name: string): string | undefined;
  /** a list, separated by commas */
  list(name: string): string[];
  /**
   * Writes values; undefined and empty ones are taken out. Filters replace the address, pages of a list push one, so
   * that Back goes to the page before.
   */
  set(
    values: Readonly<Record<string, string | readonly string[] | undefined>>,
    history?: 'replace' | 'push',
  ): void;
}

/** State that stands in the address, so that a copied address shows the same. */
export function useUrlState(): UrlState {
  const [params, setParams] = useSearchParams();
  const set: UrlState['set'] = useCallback(
    (values, history = 'replace') => {
      setParams(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            const text = typeof value === 'object' ? value.join(',') : value;
            if (text) after.set(name, text);
            else after.delete(name);
          }
          return after;
        },
        { replace: history === 'replace' },
      );
    },
    [setParams],
  );
  return useMemo(
    () => ({
      get: name => params.get(name) || undefined,
      list: name => params.get(name)?.split(',').filter(Boolean) ?? [],
      set,
    }),
    [params, set],
  );
}
