/**
 * Kubernetes quantities (`500m`, `1.5Gi`, `2e3`), held exactly: as whole billionths in a bigint, the finest step that the API server keeps.
 * Source of the grammar: `apimachinery/pkg/api/resource`.
 */

/** How many billionths one is. */
const NANOS = 1_000_000_000n;

/** The largest power of ten that is taken; far above `Ei`, and small enough to stay cheap. */
const MAX_EXPONENT = 30;

const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE])([+-]?\d{1,3})|([a-zA-Z]*))$/;

/** Powers of ten. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** Powers of 1024. */
const BINARY: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Divides and rounds away from zero, as the API server does with what is finer than a billionth. */
function divideUp(value: bigint, by: bigint): bigint {
  const whole = value / by;
  return value % by === 0n ? whole : whole + 1n;
}

/** The factor of a suffix as a fraction; undefined when there is no such suffix. */
function factorOf(
  exponent: string | undefined,
  suffix: string | undefined,
): readonly [bigint, bigint] | undefined {
  const power =
    exponent === undefined
      ? Object.hasOwn(DECIMAL, suffix ?? '') && DECIMAL[suffix ?? '']
      : Number(exponent);
  if (power !== false) {
    if (Math.abs(power) > MAX_EXPONENT) return undefined;
    const factor = 10n ** BigInt(Math.abs(power));
    return power < 0 ? [1n, factor] : [factor, 1n];
  }
  const index = BINARY.indexOf(suffix ?? '');
  return index > 0 ? [1024n ** BigInt(index), 1n] : undefined;
}

/**
 * Reads a quantity.
 * @param quantity - the text, or a number where YAML had one
 * @returns billionths, or undefined when it is no quantity
 */
export function parseQuantity(quantity: string | number): bigint | undefined {
  const text = String(quantity).trim();
  if (text.length > 64) return undefined;
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', , exponent, suffix] = match;
  if (whole === '' && fraction === '') return undefined;
  const factor = factorOf(exponent, suffix);
  if (!factor) return undefined;
  const nanos = divideUp(
    BigInt(whole + fraction) * factor[0] * NANOS,
    factor[1] * 10n ** BigInt(fraction.length),
  );
  return sign === '-' ? -nanos : nanos;
}

/** A quantity as a number, with the loss of a floating point number; undefined when it is none. */
export function quantityNumber(quantity: string | number): number | undefined {
  const nanos = parseQuantity(quantity);
  return nanos === undefined ? undefined : nanosNumber(nanos);
}

/** Billionths as a number. */
export function nanosNumber(nanos: bigint): number {
  return Number(nanos / NANOS) + Number(nanos % NANOS) / Number(NANOS);
}

/** What a quantity counts, which decides how it is written. */
export type QuantityUnit = 'cpu' | 'bytes' | 'count';

/** Writes billionths as a quantity that the API server reads back to the same number: `1500m`, `3Gi`, `7`. */
export function quantityText(nanos: bigint, unit: QuantityUnit): string {
  if (nanos < 0n) return `-${quantityText(-nanos, unit)}`;
  if (nanos % NANOS === 0n) {
    const whole = nanos / NANOS;
    if (unit !== 'bytes' || whole === 0n) return String(whole);
    let [index, value] = [0, whole];
    while (index < BINARY.length - 1 && value % 1024n === 0n) {
      value /= 1024n;
      index++;
    }
    return `${value}${BINARY[index]}`;
  }
  if (nanos % 1_000_000n === 0n) return `${nanos / 1_000_000n}m`;
  return nanos % 1000n === 0n ? `${nanos / 1000n}u` : `${nanos}n`;
}

/**
 * A quantity for people: `0.5 CPU`, `1.5 GiB`, `12`. What is no quantity is given back as it is.
 * @param language - BCP 47, for the separators
 */
export function describeQuantity(
  quantity: string | number | bigint,
  unit: QuantityUnit,
  language = 'en',
): string {
  const nanos =
    typeof quantity === 'bigint' ? quantity : parseQuantity(quantity);
  if (nanos === undefined) return String(quantity);
  const value = nanosNumber(nanos);
  if (unit === 'bytes') {
    const index = Math.min(
      Math.max(Math.floor(Math.log2(Math.abs(value) || 1) / 10), 0),
      BINARY.length - 1,
    );
    return `${rounded(value / 1024 ** index, language)} ${BINARY[index]}B`;
  }
  return unit === 'cpu'
    ? `${rounded(value, language)} CPU`
    : rounded(value, language);
}

/** Two decimals, and three figures of what is smaller. */
function rounded(value: number, language: string): string {
  return new Intl.NumberFormat(
    language,
    Math.abs(value) < 1
      ? { maximumSignificantDigits: 3 }
      : { maximumFractionDigits: 2 },
  ).format(value);
}

/** Unit of a resource: `cpu`, `requests.memory`, `nvidia.com/gpu`. */
export function quantityUnit(resource: string): QuantityUnit {
  const name = resource.replace(/^(?:requests|limits)\./, '');
  if (name === 'cpu') return 'cpu';
  const bytes =
    name === 'memory' ||
    name === 'storage' ||
    name === 'ephemeral-storage' ||
    name.startsWith('hugepages-') ||
    name.endsWith('/requests.storage');
  return bytes ? 'bytes' : 'count';
}
