/** A line of a comparison. */
export interface DiffLine {
  type: 'same' | 'removed' | 'added';
  text: string;
}

/** From this many changed lines on the texts count as wholly different: looking further would take too long. */
const MAX_CHANGES = 1000;

const linesOf = (text: string | undefined): string[] =>
  text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n');

const asType =
  (type: DiffLine['type']) =>
  (text: string): DiffLine => ({ type, text });

/**
 * Compares two texts line by line; what is removed stands before what is added.
 * @param before - undefined when there was none
 * @param after - undefined when it is gone
 */
export function diffLines(
  before: string | undefined,
  after: string | undefined,
): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  return [
    ...a.slice(0, start).map(asType('same')),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(asType('same')),
  ];
}

/** The shortest edit script (Myers, 1986). */
function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const furthest = a.length + b.length;
  const trace: Int32Array[] = [];
  const reach = new Int32Array(2 * furthest + 2);
  const at = (k: number) => k + furthest;
  for (let d = 0; d <= Math.min(furthest, MAX_CHANGES); d += 1) {
    trace.push(reach.slice(at(-d), at(d) + 1));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && reach[at(k - 1)] < reach[at(k + 1)]);
      let x = down ? reach[at(k + 1)] : reach[at(k - 1)] + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach[at(k)] = x;
      if (x >= a.length && x - k >= b.length) return back(a, b, trace);
    }
  }
  return [...a.map(asType('removed')), ...b.map(asType('added'))];
}

function back(
  a: readonly string[],
  b: readonly string[],
  trace: readonly Int32Array[],
): DiffLine[] {
  const lines: DiffLine[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    // how far the script of d - 1 changes reached, by diagonal
    const before = (k: number) => trace[d][k + d];
    const k = x - y;
    const down = k === -d || (k !== d && before(k - 1) < before(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : before(fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY && a[x - 1] === b[y - 1]) {
      lines.push({ type: 'same', text: a[x - 1] });
      x -= 1;
      y -= 1;
    }
    if (d === 0) break;
    lines.push(
      down
        ? { type: 'added', text: b[y - 1] }
        : { type: 'removed', text: a[x - 1] },
    );
    [x, y] = [fromX, fromY];
  }
  return removedFirst(lines.reverse());
}

/** Within a run of changes, removed lines first. */
function removedFirst(lines: readonly DiffLine[]): DiffLine[] {
  const sorted: DiffLine[] = [];
  let added: DiffLine[] = [];
  for (const line of lines) {
    if (line.type === 'added') added.push(line);
    else {
      if (line.type === 'same') {
        sorted.push(...added);
        added = [];
      }
      sorted.push(line);
    }
  }
  return [...sorted, ...added];
}

/** Lines that are shown, or a number of unchanged ones that are not. */
export type DiffChunk =
  | { type: 'lines'; lines: readonly DiffLine[] }
  | { type: 'gap'; lines: readonly DiffLine[] };

/** Unchanged lines around a change that are shown. */
const CONTEXT = 3;
/** A gap of fewer lines takes as much room as the lines. */
const MIN_GAP = 2;

/** Takes unchanged lines that are far from every change out of sight. */
export function chunksOf(lines: readonly DiffLine[]): DiffChunk[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ type }, index) => {
    if (type === 'same') return;
    near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  const chunks: { type: DiffChunk['type']; lines: DiffLine[] }[] = [];
  lines.forEach((line, index) => {
    const type = near[index] ? 'lines' : 'gap';
    const last = chunks.at(-1);
    if (last?.type === type) last.lines.push(line);
    else chunks.push({ type, lines: [line] });
  });
  return chunks.map(chunk =>
    chunk.type === 'gap' && chunk.lines.length < MIN_GAP
      ? { ...chunk, type: 'lines' }
      : chunk,
  );
}

/** A line with both sides: a removed line stands beside the added one that takes its place. */
export interface SideLine {
  before?: DiffLine;
  after?: DiffLine;
}

/** Lines as two columns. */
export function sidesOf(lines: readonly DiffLine[]): SideLine[] {
  const rows: SideLine[] = [];
  let free = 0;
  for (const line of lines) {
    if (line.type === 'same') {
      rows.push({ before: line, after: line });
      free = rows.length;
    } else if (line.type === 'removed') {
      rows.push({ before: line });
    } else {
      if (rows[free]) rows[free].after = line;
      else rows.push({ after: line });
      free += 1;
    }
  }
  return rows;
}
