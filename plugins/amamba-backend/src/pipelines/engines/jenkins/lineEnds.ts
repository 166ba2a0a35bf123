import { Transform, type TransformCallback } from 'stream';

const CR = 0x0d;
const LF = 0x0a;

/**
 * Turns CR LF into LF: Jenkins writes logs with LF and sends them with CR LF, for the sake of browsers long gone. Other
 * CRs, by which tools redraw a line, are kept.
 */
export class LineEnds extends Transform {
  /** whether the last byte was a CR, which is not passed on yet */
  #isHeld = false;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: TransformCallback,
  ): void {
    const output = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    for (const byte of chunk) {
      if (this.#isHeld && byte !== LF) output[length++] = CR;
      this.#isHeld = byte === CR;
      if (!this.#isHeld) output[length++] = byte;
    }
    callback(null, output.subarray(0, length));
  }

  override _flush(callback: TransformCallback): void {
    callback(null, this.#isHeld ? Buffer.of(CR) : undefined);
  }
}
