/** Whole numbers of 64 bits come as text from PostgreSQL. */
export type BigIntColumn = number | string;

/** @returns undefined for NULL */
export function optionalNumber(value: BigIntColumn | null): number | undefined {
  return value === null ? undefined : Number(value);
}

/** Text as every database takes it: PostgreSQL has no NUL. */
export function storable(text: string): string {
  return text.replace(/\u0000/g, '');
}
