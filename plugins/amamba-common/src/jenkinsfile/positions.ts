/** A half-open range of UTF-16 offsets into the source text: `start` is inside, `end` is not. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/** A place as people and Jenkins count it: the first line and the first column are 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into lines and columns. `\n`, `\r\n` and a lone `\r` end a line, as in Groovy. */
export interface LineIndex {
  /** The position of an offset; offsets outside the text are clamped to it. */
  positionAt(offset: number): SourcePosition;
  readonly lineCount: number;
}

/** Builds the line index of a text in one pass; each lookup is a binary search. */
export function createLineIndex(text: string): LineIndex {
  const starts = [0];
  for (const lineEnd of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(lineEnd.index + lineEnd[0].length);
  }
  return {
    lineCount: starts.length,
    positionAt(offset) {
      const wanted = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= wanted) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      return { line: low + 1, column: wanted - starts[low] + 1 };
    },
  };
}
