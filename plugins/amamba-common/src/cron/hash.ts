const MASK = (1n << 48n) - 1n;
const MULTIPLIER = 0x5deece66dn;

/** Rotations of the four rounds of MD5 (RFC 1321). */
const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const SINES = Array.from({ length: 64 }, (_, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
);

function md5Block(state: Uint32Array, block: DataView, offset: number): void {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const [mixed, word] = [
      [(b & c) | (~b & d), step],
      [(d & b) | (~d & c), 5 * step + 1],
      [b ^ c ^ d, 3 * step + 5],
      [c ^ (b | ~d), 7 * step],
    ][round];
    const sum =
      (a +
        mixed +
        SINES[step] +
        block.getUint32(offset + (word % 16) * 4, true)) |
      0;
    const rotation = ROTATIONS[round][step % 4];
    [a, d, c, b] = [
      d,
      c,
      b,
      b + ((sum << rotation) | (sum >>> (32 - rotation))),
    ];
    b |= 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

/** MD5, which here only spreads load; there is no such function in browsers. */
function md5(text: string): DataView {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(
    new ArrayBuffer((((bytes.length + 8) >> 6) + 1) * 64),
  );
  bytes.forEach((byte, index) => padded.setUint8(index, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(bytes.length) * 8n, true);
  const state = new Uint32Array([
    0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
  ]);
  for (let offset = 0; offset < padded.byteLength; offset += 64) {
    md5Block(state, padded, offset);
  }
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, index) => digest.setUint32(index * 4, word, true));
  return digest;
}

/** Gives numbers from 0 to `bound - 1`, always the same ones in the same order. */
export type CronHash = (bound: number) => number;

/**
 * The numbers that Jenkins resolves `H` with: java.util.Random seeded by the folded MD5 of the job's full name
 * (hudson.scheduler.Hash), so that a preview shows the very minute at which Jenkins will start.
 *
 * @param seed - full name of the job: `folder/pipeline`
 */
export function createCronHash(seed: string): CronHash {
  const digest = md5(seed);
  const folded = digest.getBigUint64(0) ^ digest.getBigUint64(8);
  let state = (folded ^ MULTIPLIER) & MASK;
  const next31 = () => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return Number(state >> 17n);
  };
  return bound => {
    if ((bound & -bound) === bound) {
      return Number((BigInt(bound) * BigInt(next31())) >> 31n);
    }
    let bits: number;
    let value: number;
    do {
      bits = next31();
      value = bits % bound;
    } while (bits - value + bound - 1 >= 2 ** 31);
    return value;
  };
}
