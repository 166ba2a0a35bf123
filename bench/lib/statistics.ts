/** The value below which the share `p` (0 to 1) of the samples lies: nearest rank, so it is one of them. */
export function percentile(samples: readonly number[], p: number): number {
  if (samples.length === 0) throw new Error('No samples were taken');
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.ceil(p * sorted.length);
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
}

/** The middle of the samples: what a ratio should be made of, because one hiccup does not move it. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** How long `action` takes, in milliseconds, for each of `runs` runs after `warmup` runs that are not counted. */
export async function durationsMs(
  action: () => Promise<unknown>,
  options: { runs: number; warmup?: number },
): Promise<number[]> {
  for (let n = 0; n < (options.warmup ?? 1); n++) await action();
  const samples: number[] = [];
  for (let n = 0; n < options.runs; n++) {
    const start = performance.now();
    await action();
    samples.push(performance.now() - start);
  }
  return samples;
}

/**
 * Measures two actions alternately, so that whatever else the machine does hits both, and returns the samples of each.
 */
export async function sideBySideMs(
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
  options: { runs: number; warmup?: number },
): Promise<{ first: number[]; second: number[] }> {
  for (let n = 0; n < (options.warmup ?? 1); n++) {
    await first();
    await second();
  }
  const samples: { first: number[]; second: number[] } = {
    first: [],
    second: [],
  };
  for (let n = 0; n < options.runs; n++) {
    samples.first.push(...(await durationsMs(first, { runs: 1, warmup: 0 })));
    samples.second.push(...(await durationsMs(second, { runs: 1, warmup: 0 })));
  }
  return samples;
}
