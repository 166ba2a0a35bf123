/** Distance of checkpoints in bytes: what has to be read again at most to find a line. */
const STEP_BYTES = 1_048_576;
const NEWLINE = 10;

/** A place in a log: the first byte of a line, and that line's number. */
export interface LogPlace {
  /** bytes of text before it */
  offset: number;
  /** 1 is the first line */
  line: number;
}

/** A pair that belongs together: bytes of text delivered, and what the engine calls that place. */
interface Anchor {
  text: number;
  stored: number;
}

/**
 * Where lines begin in one log, sparsely, as far as it has been read. Offsets count the bytes of the text that is delivered;
 * engines may store more than they deliver, so the few places whose stored offset is known are kept as anchors.
 */
export class LogIndex {
  readonly #places: LogPlace[] = [{ offset: 0, line: 1 }];
  readonly #anchors: Anchor[] = [{ text: 0, stored: 0 }];
  #textEnd = 0;
  #lines = 0;
  #lastLineStart = 0;
  #openLine = false;

  /** bytes of text that are indexed */
  get end(): number {
    return this.#textEnd;
  }

  /** lines that are indexed, an unfinished last one included */
  get lines(): number {
    return this.#lines + (this.#openLine ? 1 : 0);
  }

  /** Continues the index with bytes that follow what is indexed. */
  add(bytes: Buffer): void {
    let from = 0;
    for (;;) {
      const at = bytes.indexOf(NEWLINE, from);
      if (at < 0) break;
      this.#lines += 1;
      from = at + 1;
      this.#lastLineStart = this.#textEnd + from;
      const last = this.#places[this.#places.length - 1];
      if (this.#lastLineStart - last.offset >= STEP_BYTES) {
        this.#places.push({
          offset: this.#lastLineStart,
          line: this.#lines + 1,
        });
      }
    }
    this.#textEnd += bytes.length;
    this.#openLine = this.#textEnd > this.#lastLineStart;
  }

  /** Notes what the engine calls the end of what is indexed. */
  anchorEnd(stored: number): void {
    const last = this.#anchors[this.#anchors.length - 1];
    if (this.#textEnd > last.text && stored > last.stored) {
      this.#anchors.push({ text: this.#textEnd, stored });
    }
  }

  /** The last known line start at or before an offset. */
  placeBefore(offset: number): LogPlace {
    return this.#last(place => place.offset <= offset);
  }

  /** The last known line start at or before a line. */
  placeOfLine(line: number): LogPlace {
    return this.#last(place => place.line <= line);
  }

  /** Where to open the engine's log, and how much of its text to skip, to be at an offset. */
  toStored(offset: number): { stored: number; skip: number } {
    // Nothing hidden up to an anchor beyond: both count alike before it.
    const same = this.#anchors.some(
      ({ text, stored }) => text >= offset && text === stored,
    );
    if (same) return { stored: offset, skip: 0 };
    let best = this.#anchors[0];
    for (const anchor of this.#anchors) {
      if (anchor.text <= offset) best = anchor;
    }
    return { stored: best.stored, skip: offset - best.text };
  }

  #last(fits: (place: LogPlace) => boolean): LogPlace {
    let low = 0;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (fits(this.#places[middle])) low = middle;
      else high = middle - 1;
    }
    return this.#places[low];
  }
}
