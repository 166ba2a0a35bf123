import { createHash } from 'node:crypto';

const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/**
 * The pseudo random sequence that `H` stands for: `hudson.scheduler.Hash` seeds `java.util.Random` with the folded MD5
 * of the job's full name, so that a job keeps its times and jobs spread.
 */
export class CronHash {
  private seed: bigint;

  constructor(jobFullName: string) {
    const digest = createHash('md5').update(jobFullName, 'utf8').digest();
    for (let i = 8; i < digest.length; i++) digest[i % 8] ^= digest[i];
    // eslint-disable-next-line no-bitwise
    this.seed = (digest.readBigInt64BE(0) ^ MULTIPLIER) & MASK;
  }

  /** A number in [0, bound), as `Random.nextInt(bound)`. */
  next(bound: number): number {
    // A power of two takes the high bits; java.util.Random says so in its contract.
    if (Number.isInteger(Math.log2(bound))) {
      // eslint-disable-next-line no-bitwise
      return Number((BigInt(bound) * BigInt(this.bits())) >> 31n);
    }
    for (;;) {
      const bits = this.bits();
      const value = bits % bound;
      if (bits - value + (bound - 1) < 2 ** 31) return value;
    }
  }

  private bits(): number {
    // eslint-disable-next-line no-bitwise
    this.seed = (this.seed * MULTIPLIER + 0xbn) & MASK;
    // eslint-disable-next-line no-bitwise
    return Number(this.seed >> 17n);
  }
}
