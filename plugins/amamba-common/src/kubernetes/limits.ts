import { parseQuantity } from './quantities';

/** Resources that a LimitRange bounds for containers. */
export const LIMIT_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'] as const;

/** Parts of a LimitRange of containers, in the order in which none may be above the next. */
export const LIMIT_PARTS = ['min', 'defaultRequest', 'default', 'max'] as const;

/** A part of a LimitRange of containers. */
export type LimitPart = (typeof LIMIT_PARTS)[number];

/** Quantities by resource and part. */
export type LimitParts = Readonly<
  Partial<Record<LimitPart, Readonly<Record<string, string>>>>
>;

/** Why a value of a LimitRange is refused. */
export interface LimitProblem {
  readonly part: LimitPart;
  readonly resource: string;
  readonly code: 'resource' | 'quantity' | 'order';
  readonly message: string;
}

function entryProblem(
  part: LimitPart,
  resource: string,
  value: string,
): LimitProblem | undefined {
  if (!LIMIT_RESOURCES.some(known => known === resource)) {
    const message = `limits of containers are ${LIMIT_RESOURCES.join(', ')}`;
    return { part, resource, code: 'resource', message };
  }
  const amount = parseQuantity(value);
  return amount === undefined || amount < 0n
    ? { part, resource, code: 'quantity', message: `${value} is no quantity` }
    : undefined;
}

/** Everything for which the API server would refuse a LimitRange of containers; empty when it can be sent. */
export function containerLimitsProblems(limits: LimitParts): LimitProblem[] {
  const problems = LIMIT_PARTS.flatMap(part =>
    Object.entries(limits[part] ?? {}).flatMap(
      ([resource, value]) => entryProblem(part, resource, value) ?? [],
    ),
  );
  for (const resource of LIMIT_RESOURCES) {
    let below: { part: LimitPart; amount: bigint } | undefined;
    for (const part of LIMIT_PARTS) {
      const amount = parseQuantity(limits[part]?.[resource] ?? '');
      if (amount !== undefined) {
        if (below && amount < below.amount) {
          const message = `${part} must not be below ${below.part}`;
          problems.push({ part, resource, code: 'order', message });
        }
        below = { part, amount };
      }
    }
  }
  return problems;
}
