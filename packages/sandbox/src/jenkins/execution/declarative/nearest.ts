/** How many changes of one character lead from one word to another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[to.length];
}

/** The candidate that looks most like a word; the first of equals. Words beyond 200 characters are cut. */
export function nearest(word: string, candidates: readonly string[]): string {
  const short = word.slice(0, 200);
  let best = 'null';
  let least = Infinity;
  for (const candidate of candidates) {
    const changes = distance(short, candidate);
    if (changes < least) {
      least = changes;
      best = candidate;
    }
  }
  return best;
}
