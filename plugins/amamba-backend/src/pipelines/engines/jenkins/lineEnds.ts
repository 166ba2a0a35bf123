import { Transform, type TransformCallback } from 'stream';

const CR = 0x0d;
const LF = 0x0a;

/**
 * Turns CR LF into LF: Jenkins writes logs with LF and sends them with CR LF, for the sake of browsers long gone. Other
 * CRs, by which tools redraw a line, are kept.
 *
 * Writes into the buffers that it is given, which must belong to nobody else: a log of any size passes without a second
 * copy that somebody had to clear away.
 */
export class LineEnds extends Transform {
  /** whether the last byte was a CR, which is not passed on yet */
  #isHeld = false;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: TransformCallback,
  ): void {
    if (chunk.length === 0) {
      callback();
      return;
    }
    if (this.#isHeld && chunk[0] !== LF) this.push(Buffer.of(CR));
    const last = chunk.length - 1;
    this.#isHeld = chunk[last] === CR;
    const end = this.#isHeld ? last : chunk.length;
    const first = chunk.indexOf(CR);
    let length = first < 0 ? end : first;
    for (let at = length; at < end; at++) {
      const isEnd = chunk[at] === CR && chunk[at + 1] === LF;
      if (!isEnd) chunk[length++] = chunk[at];
    }
    callback(null, chunk.subarray(0, length));
  }

  override _flush(callback: TransformCallback): void {
    callback(null, this.#isHeld ? Buffer.of(CR) : undefined);
  }
}
