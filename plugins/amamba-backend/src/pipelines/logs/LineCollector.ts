import { StringDecoder } from 'string_decoder';
import type { LogPlace } from './LogIndex';

const NEWLINE = 10;

/**
 * Whether a line is before what is wanted.
 * @param end - offset behind it
 * @param next - number of the line that follows
 * @param start - offset of its first byte
 */
export type Skipping = (end: number, next: number, start: number) => boolean;

/** Lines that belong together. */
export interface LineRange {
  text: string;
  /** offset of the first byte */
  start: number;
  firstLine: number;
  /** offset to go on with */
  end: number;
}

/**
 * Collects whole lines, up to a number of bytes. A line that does not fit in any more is left to the next range; only one
 * that is longer by itself is cut, between two characters. However a log is divided into parts, its ranges are the same.
 */
export class LineCollector {
  readonly #limit: number;
  readonly #skipping: Skipping;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #start: number;
  #firstLine: number;
  #line: number;
  /** offset behind what was taken */
  #offset: number;
  /** offset behind the last whole line */
  #whole: number;

  /**
   * @param place - where the first part begins
   * @param limit - bytes at most
   */
  constructor(place: LogPlace, limit: number, skipping: Skipping) {
    this.#start = place.offset;
    this.#offset = place.offset;
    this.#whole = place.offset;
    this.#firstLine = place.line;
    this.#line = place.line;
    this.#limit = limit;
    this.#skipping = skipping;
  }

  /** Takes what follows. @returns whether there is enough */
  take(part: Buffer): boolean {
    let from = 0;
    let to = 0;
    let isEnough = false;
    while (to < part.length && !isEnough) {
      const newline = part.indexOf(NEWLINE, to);
      const next = newline < 0 ? part.length : newline + 1;
      this.#offset += next - to;
      to = next;
      const isOver = this.#offset - this.#start > this.#limit;
      if (isOver && this.#whole > this.#start) {
        isEnough = true;
      } else if (newline >= 0) {
        this.#line += 1;
        this.#whole = this.#offset;
        if (this.#skipping(this.#offset, this.#line, this.#start)) {
          this.#drop();
          from = to;
        }
        isEnough = this.#offset - this.#start >= this.#limit;
      }
    }
    this.#keep(part.subarray(from, to));
    return isEnough;
  }

  /** @param isComplete - nothing will follow, so that a last line without an end is whole */
  range(isComplete: boolean): LineRange {
    const end = isComplete ? this.#offset : this.#whole;
    const length = end - this.#start;
    const bytes = Buffer.concat(this.#kept, Math.min(length, this.#limit));
    return {
      // unlike a buffer, a decoder gives nothing for the first bytes of a character
      text:
        length > this.#limit
          ? new StringDecoder('utf8').write(bytes)
          : bytes.toString('utf8'),
      start: this.#start,
      firstLine: this.#firstLine,
      end,
    };
  }

  #keep(bytes: Buffer): void {
    const kept = bytes.subarray(0, this.#limit - this.#keptBytes);
    if (kept.length === 0) return;
    this.#kept.push(kept);
    this.#keptBytes += kept.length;
  }

  #drop(): void {
    this.#kept = [];
    this.#keptBytes = 0;
    this.#start = this.#offset;
    this.#firstLine = this.#line;
  }
}
