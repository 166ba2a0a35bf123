import { Bean } from './export';

/** Makes absolute URLs out of paths below the root. */
export type ToUrl = (path: string) => string;

/** An action that shows nothing but its class. */
export const plainAction = (className?: string) => new Bean(className, {});

/** Values of a map that is exported as it is. */
export function constants(
  className: string | undefined,
  visibility: number,
  values: Record<string, unknown>,
): Bean {
  return new Bean(
    className,
    Object.fromEntries(
      Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, [visibility, () => value] as const]),
    ),
  );
}
